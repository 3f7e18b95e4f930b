package org.efficientnet4j.train.run;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.data.DataSplits;
import org.efficientnet4j.data.ImageSource;
import org.efficientnet4j.data.check.ClassCounts;
import org.efficientnet4j.data.source.ImageSources;
import org.efficientnet4j.data.source.SplitOptions;
import org.efficientnet4j.data.source.SplitRule;
import org.efficientnet4j.model.TrainedData;

/** Records of the images that networks are trained on, and comparisons of them with images at hand. */
public final class DataRecord {
    private static final int SHOWN = 5;

    private DataRecord() {}

    /**
     * Describes the data of a training. Images are told apart by key, size and label; their content is not read.
     *
     * @param source the source's expression
     * @param split how images were held out
     * @param data both halves
     * @return the record that model files keep
     */
    public static TrainedData of(String source, SplitOptions split, DataSplits data) {
        return new TrainedData(
                ImageSources.absolute(source),
                split.rule().name().toLowerCase(Locale.ROOT),
                split.validationFraction(),
                split.seed(),
                part(data.train()),
                part(data.validation()));
    }

    private static TrainedData.Part part(ImageSource images) {
        MessageDigest digest = newDigest();
        for (int index = 0; index < images.size(); index++) {
            String line = images.key(index) + '\t' + images.bytes(index) + '\t' + label(images, index) + '\n';
            digest.update(line.getBytes(StandardCharsets.UTF_8));
        }
        return new TrainedData.Part(ClassCounts.of(images), HexFormat.of().formatHex(digest.digest()));
    }

    private static String label(ImageSource images, int index) {
        return images.labels().get(images.label(index));
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /**
     * The split by which a training held images out.
     *
     * @param data its record
     * @return the options that draw the same split
     * @throws InvalidInputException if the record's rule is unknown
     */
    public static SplitOptions split(TrainedData data) {
        try {
            return new SplitOptions(
                    data.validationFraction(),
                    data.seed(),
                    SplitRule.valueOf(data.split().toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(
                    "The split rule in a model file must be hash or shuffle, found " + data.split()
                            + ": use the version that wrote it",
                    e);
        }
    }

    /**
     * Refuses data of other classes than a network was trained on.
     *
     * @param trained the network's labels
     * @param images the data at hand
     * @throws InvalidInputException naming both lists where they differ
     */
    public static void requireSameLabels(List<String> trained, ImageSource images) {
        if (!trained.equals(images.labels())) {
            throw new InvalidInputException(
                    "The data must have the classes that the model knows, " + trained + ", found "
                            + images.labels() + " in " + images.description()
                            + ": a class was renamed, added or removed, or this is other data. Use the data as it was");
        }
    }

    /**
     * The differences between a training's data and the data at hand.
     *
     * @param then the training's record
     * @param now the data at hand
     * @param labels the classes of both
     * @return warnings; none where the images are the same
     */
    public static List<String> changes(TrainedData then, TrainedData now, List<String> labels) {
        List<String> halves = new ArrayList<>();
        change("images to learn from", then.train(), now.train(), labels, halves);
        change("held-out images", then.validation(), now.validation(), labels, halves);
        if (halves.isEmpty()) {
            return List.of();
        }
        String redrawn = then.split().equals("shuffle")
                ? " The run's split (data.split: shuffle) is drawn anew for changed data: images that it learnt from may"
                        + " now be among those it is judged on."
                : "";
        return List.of("The data is not what the model was trained on: " + String.join("; ", halves) + "." + redrawn);
    }

    private static void change(
            String what, TrainedData.Part then, TrainedData.Part now, List<String> labels, List<String> changes) {
        if (then.sha256().equals(now.sha256())) {
            return;
        }
        List<String> classes = IntStream.range(0, labels.size())
                .filter(label -> !then.images().get(label).equals(now.images().get(label)))
                .mapToObj(label -> String.format(
                        Locale.ROOT,
                        "%s %,d, was %,d",
                        labels.get(label),
                        now.images().get(label),
                        then.images().get(label)))
                .toList();
        changes.add(String.format(Locale.ROOT, "%,d %s", now.total(), what)
                + (classes.isEmpty()
                        ? ", as many of each class, but other files, sizes or labels"
                        : String.format(Locale.ROOT, ", was %,d (", then.total())
                                + String.join(", ", classes.subList(0, Math.min(SHOWN, classes.size())))
                                + (classes.size() > SHOWN ? ", ..." : "") + ")"));
    }
}
