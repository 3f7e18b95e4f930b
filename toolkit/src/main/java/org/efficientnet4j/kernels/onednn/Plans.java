package org.efficientnet4j.kernels.onednn;

import java.lang.ref.Cleaner;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * A kernel's compiled primitives by shape, the least recently used closed when there are too many (progressive learning
 * changes sizes often). Closed with the kernel that owns it, at the latest when that is garbage.
 */
final class Plans<K, V extends AutoCloseable> {
    private static final Cleaner CLEANER = Cleaner.create();

    private final Store<K, V> store;

    Plans(Object owner, int limit) {
        store = new Store<>(limit);
        CLEANER.register(owner, store::close);
    }

    V get(K key, Function<K, V> create) {
        return store.get(key, create);
    }

    void close() {
        store.close();
    }

    private static final class Store<K, V extends AutoCloseable> {
        private final Map<K, V> entries = new LinkedHashMap<>(16, 0.75f, true);
        private final int limit;

        Store(int limit) {
            this.limit = limit;
        }

        synchronized V get(K key, Function<K, V> create) {
            V found = entries.get(key);
            if (found == null) {
                if (entries.size() == limit) {
                    K eldest = entries.keySet().iterator().next();
                    close(entries.remove(eldest));
                }
                found = create.apply(key);
                entries.put(key, found);
            }
            return found;
        }

        synchronized void close() {
            entries.values().forEach(Store::close);
            entries.clear();
        }

        private static void close(AutoCloseable value) {
            try {
                value.close();
            } catch (Exception unexpected) {
                throw new IllegalStateException("Could not release native memory", unexpected);
            }
        }
    }
}
