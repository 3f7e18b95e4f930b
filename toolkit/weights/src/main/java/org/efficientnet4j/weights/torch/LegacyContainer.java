package org.efficientnet4j.weights.torch;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.efficientnet4j.weights.FilePart;
import org.efficientnet4j.weights.torch.PickledTensor.Storage;

/**
 * The files of PyTorch before 1.6, and of {@code torch.save(..., _use_new_zipfile_serialization=False)}: five pickles one
 * behind the other (a magic number, a version, the machine, the object, the storages' keys), then the storages in the order
 * of the keys, each behind its number of elements.
 *
 * <p>Source: pytorch/pytorch {@code torch/serialization.py}, {@code _legacy_save}.
 */
final class LegacyContainer implements Container {
    private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
    private static final Long VERSION = 1001L;

    /** Indices are far smaller; what is mapped costs no memory before it is read. */
    private static final long MOST_INDEX_BYTES = 1L << 26;

    private final FileChannel channel;
    private final Object root;
    private final Map<String, Place> places;

    private LegacyContainer(FileChannel channel, Object root, Map<String, Place> places) {
        this.channel = channel;
        this.root = root;
        this.places = places;
    }

    /**
     * A storage's place in the file.
     *
     * @param begin its first byte
     * @param bytes its length
     */
    private record Place(long begin, long bytes) {}

    static LegacyContainer open(Path path) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        try {
            ByteBuffer index = FilePart.read(channel, 0, Math.min(channel.size(), MOST_INDEX_BYTES));
            if (!MAGIC.equals(Unpickler.load(index))) {
                throw new PickleException("it is a pickle that torch.save did not write");
            }
            if (!VERSION.equals(Unpickler.load(index))) {
                throw new PickleException("its format has another version than " + VERSION);
            }
            if (Unpickler.load(index) instanceof Map<?, ?> machine
                    && Boolean.FALSE.equals(machine.get("little_endian"))) {
                throw new PickleException("its byte order is big; little is read");
            }
            Map<String, Integer> elementBytes = new HashMap<>();
            Object root = Unpickler.load(index, elementBytes);
            if (!(Unpickler.load(index) instanceof List<?> keys)) {
                throw new PickleException("its storages have no keys");
            }
            return new LegacyContainer(channel, root, places(channel, index.position(), keys, elementBytes));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static Map<String, Place> places(
            FileChannel channel, long start, List<?> keys, Map<String, Integer> elementBytes) throws IOException {
        Map<String, Place> places = new HashMap<>();
        long at = start;
        for (Object key : keys) {
            if (!(key instanceof String name) || !elementBytes.containsKey(name)) {
                throw new PickleException("its storage " + key + " belongs to no tensor, so that its size is unknown");
            }
            long elements = at > channel.size() - Long.BYTES ? -1 : elementsAt(channel, at);
            long size = elementBytes.get(name);
            long left = channel.size() - at - Long.BYTES;
            if (elements < 0 || elements > left / size) {
                throw new PickleException(String.format(
                        Locale.ROOT,
                        "it is cut short or damaged in storage %s, at byte %,d of %,d",
                        name,
                        at,
                        channel.size()));
            }
            places.put(name, new Place(at + Long.BYTES, elements * size));
            at += Long.BYTES + elements * size;
        }
        if (at != channel.size()) {
            throw new PickleException(
                    String.format(Locale.ROOT, "its storages end at byte %,d of %,d", at, channel.size()));
        }
        return places;
    }

    private static long elementsAt(FileChannel channel, long position) throws IOException {
        return FilePart.read(channel, position, Long.BYTES).getLong();
    }

    @Override
    public Object root() {
        return root;
    }

    @Override
    public ByteBuffer elements(Storage storage) throws IOException {
        Place place = places.get(storage.key());
        if (place == null || place.bytes() / storage.type().bytes() != storage.elements()) {
            throw new PickleException(String.format(
                    Locale.ROOT,
                    "its storage %s must have %,d elements of %s, found %,d bytes",
                    storage.key(),
                    storage.elements(),
                    storage.type(),
                    place == null ? 0 : place.bytes()));
        }
        if (place.bytes() > FilePart.MOST_BYTES) {
            throw new PickleException(String.format(
                    Locale.ROOT,
                    "its storage %s has %,d bytes; at most %,d can be read",
                    storage.key(),
                    place.bytes(),
                    FilePart.MOST_BYTES));
        }
        return FilePart.read(channel, place.begin(), place.bytes());
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
