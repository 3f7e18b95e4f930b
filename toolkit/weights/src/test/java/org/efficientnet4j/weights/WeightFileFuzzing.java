package org.efficientnet4j.weights;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.efficientnet4j.core.InvalidInputException;

/**
 * Damages good weight files by chance and reads them: each reading must end in a load or in an {@link InvalidInputException},
 * in little time and with little memory.
 */
final class WeightFileFuzzing {
    private static final List<String> SEEDS = List.of(
            "/torchvision/tiny-v1/weights.safetensors",
            "/torch/kinds.pth",
            "/torch/protocol4.pth",
            "/torch/checkpoint.pth",
            "/torch/state.pth",
            "/keras/kinds.h5",
            "/keras/tiny-v1/whole.h5",
            "/keras/tiny-v1/counted.weights.h5",
            "/keras/tiny-v2/named.weights.h5");

    /** Bytes allocated for each byte of the file, and what opening any file costs. */
    private static final long MOST_BYTES_A_BYTE = 64;

    private static final long FIXED_BYTES = 8L << 20;
    private static final long MOST_NANOS = 10_000_000_000L;

    private final Path folder;
    private final SplittableRandom random;
    private final List<byte[]> files = new ArrayList<>();

    /**
     * What became of the files.
     *
     * @param loaded read without complaint
     * @param refused answered with an error of ours
     */
    record Outcome(int loaded, int refused) {}

    /** @param folder for the damaged file */
    WeightFileFuzzing(Path folder, long seed) throws IOException, URISyntaxException {
        this.folder = folder;
        this.random = new SplittableRandom(seed);
        for (String name : SEEDS) {
            files.add(Files.readAllBytes(Path.of(Objects.requireNonNull(WeightFileFuzzing.class.getResource(name), name)
                    .toURI())));
        }
    }

    /** Reads so many damaged files, after the good ones, whose reading loads the classes. */
    Outcome run(int count) throws IOException {
        for (int which = 0; which < files.size(); which++) {
            open(Files.write(file(which), files.get(which)));
        }
        int loaded = 0;
        for (int i = 0; i < count; i++) {
            int which = i % files.size();
            byte[] damaged = damaged(files.get(which));
            Path file = Files.write(file(which), damaged);
            loaded += read(file, damaged.length, i) ? 1 : 0;
        }
        return new Outcome(loaded, count - loaded);
    }

    private Path file(int which) {
        String seed = SEEDS.get(which);
        return folder.resolve("damaged" + seed.substring(seed.lastIndexOf('.')));
    }

    private static boolean read(Path file, int length, int number) {
        long start = processorNanos();
        long allocated = allocated();
        boolean loaded;
        try {
            open(file);
            loaded = true;
        } catch (InvalidInputException expected) {
            loaded = false;
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            throw new IllegalStateException("File " + number + " (" + file + ") ended in " + e, e);
        }
        long bytes = allocated() - allocated;
        long nanos = processorNanos() - start;
        if (bytes > FIXED_BYTES + MOST_BYTES_A_BYTE * length || nanos > MOST_NANOS) {
            throw new IllegalStateException("File " + number + " (" + file + ") of " + length + " bytes took " + bytes
                    + " bytes and " + nanos / 1_000_000 + " ms");
        }
        return loaded;
    }

    private static void open(Path file) {
        try (TensorFile tensors = WeightFiles.open(file)) {
            for (TensorInfo tensor : tensors.tensors()) {
                readOne(tensors, tensor);
            }
        }
    }

    // A tensor may be refused by itself, such as one of whole numbers.
    private static void readOne(TensorFile tensors, TensorInfo tensor) {
        try {
            if (tensors.read(tensor.name()).length != tensor.elements()) {
                throw new IllegalStateException("Tensor " + tensor + " came with another number of elements");
            }
        } catch (InvalidInputException refused) {
            Objects.requireNonNull(refused.getMessage());
        }
    }

    // Not the clock's time, which goes on while the process is stopped.
    private static long processorNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    /** One to eight changes: bytes and bits flipped, numbers overwritten, pieces cut, copied or moved. */
    private byte[] damaged(byte[] good) {
        byte[] bytes = good.clone();
        int changes = 1 + random.nextInt(8);
        for (int i = 0; i < changes && bytes.length > 16; i++) {
            bytes = changed(bytes);
        }
        return bytes;
    }

    private byte[] changed(byte[] bytes) {
        // Headers and indices are where damage matters most: every other change goes to the first kilobytes or the end.
        int at = place(bytes.length);
        switch (random.nextInt(7)) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes[at] = (byte) random.nextInt(256);
            case 2 -> bytes[at] = new byte[] {0, -1, 127, -128, '"', '{', ']', '9'}[random.nextInt(8)];
            case 3 -> {
                int width = Math.min(8, bytes.length - at);
                long number = new long[] {0, -1, 1L << 31, 1L << 40, Long.MAX_VALUE, 7}[random.nextInt(6)];
                for (int i = 0; i < width; i++) {
                    bytes[at + i] = (byte) (number >> (8 * i));
                }
            }
            case 4 -> {
                return Arrays.copyOf(bytes, at);
            }
            case 5 -> {
                int length = Math.min(1 + random.nextInt(64), bytes.length - at);
                System.arraycopy(bytes, random.nextInt(bytes.length - length + 1), bytes, at, length);
            }
            default -> {
                byte[] longer = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(32));
                System.arraycopy(bytes, at, longer, at + longer.length - bytes.length, bytes.length - at);
                return longer;
            }
        }
        return bytes;
    }

    private int place(int length) {
        int window = Math.min(length, 3000);
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt(length);
            case 1 -> length - 1 - random.nextInt(window);
            default -> random.nextInt(window);
        };
    }
}
