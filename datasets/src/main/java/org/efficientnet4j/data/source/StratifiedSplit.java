package org.efficientnet4j.data.source;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.data.DataSplits;
import org.efficientnet4j.data.ImageSource;

/**
 * Divides a source class by class: every class gives the same share of its images, chosen by the seed, and keeps at
 * least one image on each side where it has two. A class of one image stays in training.
 */
public final class StratifiedSplit {
    private StratifiedSplit() {}

    /**
     * Divides a source.
     *
     * @param source labelled images
     * @param options the share held out and the seed
     * @return both halves, each in the source's order
     * @throws InvalidInputException if no class has two images, so that nothing can be held out
     */
    public static DataSplits of(ImageSource source, SplitOptions options) {
        List<Integer> train = new ArrayList<>();
        List<Integer> validation = new ArrayList<>();
        List<List<Integer>> classes = indicesByClass(source);
        for (int label = 0; label < classes.size(); label++) {
            List<Integer> indices = classes.get(label);
            Collections.shuffle(indices, new Random(options.seed() * 31 + label));
            int held = heldOut(indices.size(), options.validationFraction());
            validation.addAll(indices.subList(0, held));
            train.addAll(indices.subList(held, indices.size()));
        }
        if (validation.isEmpty()) {
            throw new InvalidInputException("to hold images out for validation, some class must have two or more; "
                    + source.description() + " has none. Add images, or give a folder val/ beside train/.");
        }
        return new DataSplits(subset(source, train, "training"), subset(source, validation, "validation"));
    }

    private static int heldOut(int images, double fraction) {
        if (images < 2) {
            return 0;
        }
        return (int) Math.max(1, Math.min(images - 1, Math.round(images * fraction)));
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
