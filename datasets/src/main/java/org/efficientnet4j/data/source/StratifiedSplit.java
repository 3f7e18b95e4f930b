package org.efficientnet4j.data.source;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.efficientnet4j.data.DataParts;
import org.efficientnet4j.data.ImageSource;
import org.efficientnet4j.data.LeftOut;

/**
 * Divides a source class by class, by a {@link SplitRule}. Every class keeps at least one image on each side where it has
 * two; a class of one image stays in training.
 */
final class StratifiedSplit {
    private StratifiedSplit() {}

    /** An image and its place among all, from 0 to 1. */
    private record Placed(int index, double place) {}

    /**
     * Draws the parts of an undivided source, each in the source's order.
     *
     * @param source labelled images
     * @param options the rule, the share held out and the seed
     * @param leftOut the files that are not among the images
     * @return both parts; no validation part where no class has two images
     */
    static DataParts draw(ImageSource source, SplitOptions options, List<LeftOut> leftOut) {
        List<Integer> train = new ArrayList<>();
        List<Integer> validation = new ArrayList<>();
        List<List<Integer>> classes = indicesByClass(source);
        for (int label = 0; label < classes.size(); label++) {
            List<Integer> indices = classes.get(label);
            int held =
                    switch (options.rule()) {
                        case HASH -> orderByHash(source, indices, options);
                        case SHUFFLE -> {
                            Collections.shuffle(indices, new Random(options.seed() * 31 + label));
                            yield within(indices.size(), Math.round(indices.size() * options.validationFraction()));
                        }
                    };
            validation.addAll(indices.subList(0, held));
            train.addAll(indices.subList(held, indices.size()));
        }
        return new DataParts(
                Optional.of(subset(source, train, "training")),
                validation.isEmpty() ? Optional.empty() : Optional.of(subset(source, validation, "validation")),
                Optional.empty(),
                Optional.of(source),
                leftOut);
    }

    /** Sorts a class's images by their hash and tells how many of them are held out. */
    private static int orderByHash(ImageSource source, List<Integer> indices, SplitOptions options) {
        List<Placed> placed = indices.stream()
                .map(index -> new Placed(index, place(source.key(index), options.seed())))
                .sorted(Comparator.comparingDouble(Placed::place).thenComparing(Placed::index))
                .toList();
        Collections.copy(indices, placed.stream().map(Placed::index).toList());
        long below = placed.stream()
                .filter(image -> image.place() < options.validationFraction())
                .count();
        return within(indices.size(), below);
    }

    /** A number in [0, 1) that depends on seed and key alone: the first 53 bits of their SHA-256. */
    private static double place(String key, long seed) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(ByteBuffer.allocate(Long.BYTES).putLong(seed).array());
            byte[] hash = digest.digest(key.getBytes(StandardCharsets.UTF_8));
            return (ByteBuffer.wrap(hash).getLong() >>> 11) * 0x1p-53;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** A number of images to hold out that leaves at least one on each side. */
    private static int within(int images, long wanted) {
        return images < 2 ? 0 : (int) Math.max(1, Math.min(images - 1, wanted));
    }

    /** The places of every class's images, by label, in the source's order; the lists may be changed. */
    static List<List<Integer>> indicesByClass(ImageSource source) {
        List<List<Integer>> classes = new ArrayList<>(Stream.generate(() -> (List<Integer>) new ArrayList<Integer>())
                .limit(source.labels().size())
                .toList());
        for (int index = 0; index < source.size(); index++) {
            classes.get(source.label(index)).add(index);
        }
        return classes;
    }

    private static ImageSource subset(ImageSource source, List<Integer> indices, String part) {
        int[] sorted = indices.stream().mapToInt(Integer::intValue).sorted().toArray();
        String description = "%d %s images split from %s".formatted(sorted.length, part, source.description());
        return new SubsetSource(source, sorted, description);
    }
}
