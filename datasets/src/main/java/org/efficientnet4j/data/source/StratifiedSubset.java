package org.efficientnet4j.data.source;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.data.DataPart;
import org.efficientnet4j.data.DataParts;
import org.efficientnet4j.data.DataSplits;
import org.efficientnet4j.data.ImageSource;

/** Part of a source, in which every class keeps its share of the images: for quick trials on less data. */
final class StratifiedSubset {
    private StratifiedSubset() {}

    /**
     * Takes some images of each half of a training's data.
     *
     * @param train training images to keep at most, at least one a class
     * @param validation held-out images to keep at most; 0 for all
     * @param seed chooses which
     * @throws InvalidInputException if fewer training images than classes are asked for
     */
    static DataParts of(DataParts parts, int train, int validation, long seed) {
        DataSplits splits = parts.splits();
        DataSplits chosen = new DataSplits(
                subset(splits.train(), train, seed),
                validation == 0 ? splits.validation() : subset(splits.validation(), validation, seed));
        boolean judgedByTest = parts.heldOut() == DataPart.TEST;
        return new DataParts(
                Optional.of(chosen.train()),
                judgedByTest ? Optional.empty() : Optional.of(chosen.validation()),
                judgedByTest ? Optional.of(chosen.validation()) : Optional.empty(),
                parts.undivided().map(all -> chosen.all()),
                parts.leftOut());
    }

    private static ImageSource subset(ImageSource source, int images, long seed) {
        if (images >= source.size()) {
            return source;
        }
        int classes = source.labels().size();
        if (images < classes) {
            throw new InvalidInputException("a subset must keep at least one image of each of the " + classes
                    + " classes, but has " + images + " images");
        }
        int[] chosen = choose(StratifiedSplit.indicesByClass(source), images, seed);
        return new SubsetSource(source, chosen, "%,d of %s".formatted(chosen.length, source.description()));
    }

    /**
     * Deals images out class by class in the order of their place among their class's images, as a share of it, so that
     * every class is cut at the same share; the first of each class come before all others.
     */
    private static int[] choose(List<List<Integer>> classes, int images, long seed) {
        record Placed(double share, int index) {}
        List<Placed> all = new ArrayList<>();
        for (int label = 0; label < classes.size(); label++) {
            List<Integer> indices = classes.get(label);
            Collections.shuffle(indices, new Random(seed * 31 + label));
            for (int i = 0; i < indices.size(); i++) {
                all.add(new Placed(i == 0 ? 0 : (i + 0.5) / indices.size(), indices.get(i)));
            }
        }
        return all.stream()
                .sorted((a, b) -> a.share() != b.share()
                        ? Double.compare(a.share(), b.share())
                        : Integer.compare(a.index(), b.index()))
                .limit(images)
                .mapToInt(Placed::index)
                .sorted()
                .toArray();
    }
}
