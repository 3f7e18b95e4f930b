package org.efficientnet4j.data.check;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.efficientnet4j.data.DataSplits;
import org.efficientnet4j.data.ImageSource;
import org.efficientnet4j.data.LeftOut;

/**
 * The number of images of each class.
 *
 * @param classes the classes in the labels' order, at least one
 */
public record ClassCounts(List<ClassCount> classes) {
    private static final int SHOWN = 5;
    /** The largest class's share of the smallest from which a warning is due. */
    private static final int UNEQUAL = 2;
    /** The share of files left out from which a warning is due. */
    private static final double LARGE_SHARE = 0.1;

    /**
     * One class.
     *
     * @param label its name
     * @param train images to learn from
     * @param validation images held out
     */
    public record ClassCount(String label, int train, int validation) {}

    /** Copies the list. */
    public ClassCounts {
        classes = List.copyOf(classes);
    }

    /**
     * Counts.
     *
     * @param data both halves
     * @return every class, also one without images
     */
    public static ClassCounts of(DataSplits data) {
        List<Integer> train = of(data.train());
        List<Integer> validation = of(data.validation());
        List<ClassCount> classes = new ArrayList<>();
        for (int label = 0; label < train.size(); label++) {
            classes.add(new ClassCount(data.train().labels().get(label), train.get(label), validation.get(label)));
        }
        return new ClassCounts(classes);
    }

    /**
     * Counts one source's images.
     *
     * @param source labelled images
     * @return each class's number, in the labels' order
     */
    public static List<Integer> of(ImageSource source) {
        int[] counts = new int[source.labels().size()];
        for (int index = 0; index < source.size(); index++) {
            if (source.label(index) != ImageSource.UNLABELLED) {
                counts[source.label(index)]++;
            }
        }
        return Arrays.stream(counts).boxed().toList();
    }

    /**
     * The first few classes in a line.
     *
     * @return such as {@code 2 classes (images to learn from + held out): cat 240 + 60, dog 240 + 60}
     */
    public String line() {
        String first = classes.stream()
                .limit(SHOWN)
                .map(one -> String.format(Locale.ROOT, "%s %,d + %,d", one.label(), one.train(), one.validation()))
                .collect(Collectors.joining(", "));
        String more = classes.size() > SHOWN ? ", and " + (classes.size() - SHOWN) + " more" : "";
        return "%d %s (images to learn from + held out): %s%s"
                .formatted(classes.size(), classes.size() == 1 ? "class" : "classes", first, more);
    }

    /**
     * The class that most of the held-out images are of.
     *
     * @return the class
     */
    public ClassCount commonest() {
        return classes.stream()
                .max(Comparator.comparingInt(ClassCount::validation))
                .orElseThrow();
    }

    /**
     * The share of held-out images that a network gets right which always answers {@link #commonest}.
     *
     * @return in [0, 1]; 0 without held-out images
     */
    public double commonestShare() {
        int heldOut = classes.stream().mapToInt(ClassCount::validation).sum();
        return heldOut == 0 ? 0 : (double) commonest().validation() / heldOut;
    }

    /**
     * Warnings of data that misleads a training or its accuracy.
     *
     * @param leftOut the files that are not among them
     * @return one sentence or two a warning
     */
    public List<String> warnings(List<LeftOut> leftOut) {
        List<String> warnings = new ArrayList<>();
        unequal().ifPresent(warnings::add);
        notHeldOut().ifPresent(warnings::add);
        warnings.addAll(alike());
        largeShare(leftOut).ifPresent(warnings::add);
        return warnings;
    }

    private Optional<String> unequal() {
        ClassCount largest =
                classes.stream().max(Comparator.comparingInt(ClassCount::train)).orElseThrow();
        ClassCount smallest =
                classes.stream().min(Comparator.comparingInt(ClassCount::train)).orElseThrow();
        if (largest.train() < UNEQUAL * smallest.train()) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "The classes are of unequal size: %s has %,d images to learn from, %s %,d. A network that always answers"
                        + " %s is right for %.1f %% of the held-out images: compare the accuracy with that.",
                largest.label(),
                largest.train(),
                smallest.label(),
                smallest.train(),
                commonest().label(),
                100 * commonestShare()));
    }

    private Optional<String> notHeldOut() {
        List<String> absent = classes.stream()
                .filter(one -> one.validation() == 0)
                .map(ClassCount::label)
                .toList();
        return absent.isEmpty()
                ? Optional.empty()
                : Optional.of("No held-out image is of %s: the accuracy says nothing about %s."
                        .formatted(
                                String.join(", ", absent.subList(0, Math.min(SHOWN, absent.size())))
                                        + (absent.size() > SHOWN ? ", ..." : ""),
                                absent.size() == 1 ? "it" : "them"));
    }

    /** Classes that differ in case, spaces, or the Unicode characters of the same letters are most likely one. */
    private List<String> alike() {
        Map<String, String> seen = new HashMap<>();
        List<String> warnings = new ArrayList<>();
        for (ClassCount one : classes) {
            String plain = Normalizer.normalize(one.label(), Normalizer.Form.NFKC)
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[\\s\\p{Z}\\p{Cf}_-]+", "");
            String other = seen.putIfAbsent(plain, one.label());
            if (other != null) {
                warnings.add("The classes \"%s\" and \"%s\" are nearly spelt alike: give them one name if they are one."
                        .formatted(other, one.label()));
            }
        }
        return warnings;
    }

    private Optional<String> largeShare(List<LeftOut> leftOut) {
        int images =
                classes.stream().mapToInt(one -> one.train() + one.validation()).sum();
        int lost = leftOut.stream()
                .filter(files -> !files.expected())
                .mapToInt(LeftOut::count)
                .sum();
        return lost < LARGE_SHARE * (images + lost)
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT, "A large share of the data is left out: %,d of %,d files.", lost, images + lost));
    }
}
