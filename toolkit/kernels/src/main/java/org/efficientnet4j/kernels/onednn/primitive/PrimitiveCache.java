package org.efficientnet4j.kernels.onednn.primitive;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.efficientnet4j.kernels.threads.KernelThreads;

/**
 * A kernel's compiled primitives by shape, the least recently used closed when there are too many (progressive learning
 * changes sizes often), and all when the number of threads changes, which primitives are made for. For one thread at a
 * time.
 */
public final class PrimitiveCache<K, V extends AutoCloseable> implements AutoCloseable {
    private final Map<K, V> entries = new LinkedHashMap<>(16, 0.75f, true);
    private final int limit;
    private int threads;

    public PrimitiveCache(int limit) {
        this.limit = limit;
    }

    public V get(K key, Function<K, V> create) {
        if (threads != KernelThreads.shared().count()) {
            close();
            threads = KernelThreads.shared().count();
        }
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

    @Override
    public void close() {
        entries.values().forEach(PrimitiveCache::close);
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
