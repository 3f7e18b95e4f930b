package org.efficientnet4j.weights;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.model.FuzzedModelFiles;
import org.efficientnet4j.models.ModelCatalog;

/**
 * Damages good files by chance and reads them: each reading must end in a load or in an {@link InvalidInputException}, in
 * little time and with little memory. Files are those of other libraries, model files and checkpoints (as they are on the
 * disk, and with a damaged entry in a whole archive) and descriptions of architectures.
 */
public final class WeightFileFuzzing {
    private static final List<String> WEIGHTS = List.of(
            "/torchvision/tiny-v1/weights.safetensors",
            "/torch/kinds.pth",
            "/torch/protocol4.pth",
            "/torch/checkpoint.pth",
            "/torch/state.pth",
            "/torch/legacy.pth",
            "/torch/trainings/timm.pth.tar",
            "/torch/trainings/timm-legacy.pth.tar",
            "/torch/trainings/lightning.ckpt",
            "/torch/trainings/tutorial.bin",
            "/torch/trainings/modules.pt",
            "/keras/kinds.h5",
            "/keras/tiny-v1/whole.h5",
            "/keras/tiny-v1/counted.weights.h5",
            "/keras/tiny-v2/named.weights.h5");

    /** Bytes allocated for each byte of the file. */
    private static final long MOST_BYTES_A_BYTE = 64;

    private static final long MOST_NANOS = 10_000_000_000L;

    private final Path folder;
    private final List<Target> targets;

    /**
     * A good file and the way to read it.
     *
     * @param name of the damaged copies
     * @param content of the good file
     * @param damage changes the content
     * @param reader answers damage with an {@link InvalidInputException}
     * @param fixedBytes what opening any such file may allocate
     */
    public record Target(
            String name, Supplier<byte[]> content, UnaryOperator<byte[]> damage, Reader reader, long fixedBytes) {}

    /** Reads a whole file. */
    @FunctionalInterface
    public interface Reader {
        /** Reads all of it. */
        void read(Path file);
    }

    /**
     * The outcome for the files.
     *
     * @param loaded read without complaint
     * @param refused answered with an error of ours
     */
    record Outcome(int loaded, int refused) {}

    private WeightFileFuzzing(Path folder, List<Target> targets) {
        this.folder = folder;
        this.targets = targets;
    }

    /** Other libraries' files. */
    static WeightFileFuzzing ofWeights(Path folder, long seed) throws IOException, URISyntaxException {
        Damage damage = new Damage(seed);
        List<Target> targets = new ArrayList<>();
        for (String name : WEIGHTS) {
            byte[] bytes = content(name);
            Supplier<byte[]> good = () -> bytes;
            String ending = name.substring(name.lastIndexOf('.'));
            targets.add(new Target("damaged" + ending, good, damage::damaged, WeightFileFuzzing::open, 8L << 20));
        }
        return new WeightFileFuzzing(folder, targets);
    }

    /** Model files and checkpoints. */
    static WeightFileFuzzing ofModelFiles(Path folder, long seed) throws IOException {
        return new WeightFileFuzzing(folder, FuzzedModelFiles.targets(folder, new Damage(seed)::damaged));
    }

    /** Descriptions of architectures. */
    static WeightFileFuzzing ofArchitectures(Path folder, long seed) throws IOException, URISyntaxException {
        Damage damage = new Damage(seed);
        List<Target> targets = new ArrayList<>();
        for (String name : List.of("/torchvision/tiny-v1/tiny-v1.yaml", "/torchvision/tiny-v2/tiny-v2.yaml")) {
            byte[] bytes = content(name);
            targets.add(new Target(
                    "damaged.yaml",
                    () -> bytes,
                    damage::damagedText,
                    file -> ModelCatalog.find(file.toString()).cost(10),
                    64L << 20));
        }
        return new WeightFileFuzzing(folder, targets);
    }

    private static byte[] content(String name) throws IOException, URISyntaxException {
        return Files.readAllBytes(Path.of(Objects.requireNonNull(WeightFileFuzzing.class.getResource(name), name)
                .toURI()));
    }

    /** Reads so many damaged files, after the good ones, whose reading loads the classes. */
    Outcome run(int count) throws IOException {
        for (Target target : targets) {
            target.reader()
                    .read(Files.write(
                            folder.resolve(target.name()), target.content().get()));
        }
        int loaded = 0;
        for (int i = 0; i < count; i++) {
            Target target = targets.get(i % targets.size());
            byte[] damaged = target.damage().apply(target.content().get());
            Path file = Files.write(folder.resolve(target.name()), damaged);
            loaded += read(target, file, damaged.length, i) ? 1 : 0;
        }
        return new Outcome(loaded, count - loaded);
    }

    private static boolean read(Target target, Path file, int length, int number) {
        long start = processorNanos();
        long allocated = allocated();
        boolean loaded;
        try {
            target.reader().read(file);
            loaded = true;
        } catch (InvalidInputException expected) {
            loaded = false;
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            throw new IllegalStateException("File " + number + " (" + file + ") ended in " + e, e);
        }
        long bytes = allocated() - allocated;
        long nanos = processorNanos() - start;
        if (bytes > target.fixedBytes() + MOST_BYTES_A_BYTE * length || nanos > MOST_NANOS) {
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
}
