package org.efficientnet4j.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.efficientnet4j.fuzzing.Target;

/** A model file and a checkpoint to be damaged: anywhere, and one entry at a time in an archive that is whole. */
public final class FuzzedModelFiles {
    /** Heap that DL4J and Jackson take to make a network of its description. */
    private static final long FIXED_BYTES = 64L << 20;

    private FuzzedModelFiles() {}

    /**
     * Model files.
     *
     * @param folder for good copies
     * @param damage changes bytes
     */
    public static List<Target> models(Path folder, UnaryOperator<byte[]> damage) throws IOException {
        return targets(TinyModel.write(folder.resolve("good-model.zip")), damage, folder);
    }

    /** Checkpoints of a training, from which it would go on. */
    public static List<Target> checkpoints(Path folder, UnaryOperator<byte[]> damage) throws IOException {
        return targets(TinyModel.writeCheckpoint(folder.resolve("good-last.zip")), damage, folder);
    }

    private static List<Target> targets(Path file, UnaryOperator<byte[]> damage, Path folder) throws IOException {
        byte[] content = Files.readAllBytes(file);
        Map<String, byte[]> entries = TinyModel.entries(file);
        List<Target> targets = new ArrayList<>(List.of(target(() -> content, damage)));
        for (String name : entries.keySet()) {
            targets.add(target(() -> content, ignored -> withDamaged(name, entries, damage, folder)));
        }
        return targets;
    }

    private static Target target(Supplier<byte[]> content, UnaryOperator<byte[]> damage) {
        return new Target("damaged.zip", content, damage, FuzzedModelFiles::read, FIXED_BYTES);
    }

    private static byte[] withDamaged(
            String name, Map<String, byte[]> entries, UnaryOperator<byte[]> damage, Path folder) {
        Map<String, byte[]> changed = new LinkedHashMap<>(entries);
        changed.put(name, damage.apply(entries.get(name)));
        try {
            return Files.readAllBytes(TinyModel.write(folder.resolve("rewritten.zip"), changed));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void read(Path file) {
        ModelFile.read(file);
        ModelFile.reading(file, () -> NetworkArchive.readArray(file, "average.bin"));
    }
}
