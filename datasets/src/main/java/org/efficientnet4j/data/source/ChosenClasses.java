package org.efficientnet4j.data.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.bytedeco.opencv.opencv_core.Mat;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.data.DataParts;
import org.efficientnet4j.data.ImageReadException;
import org.efficientnet4j.data.ImageSource;

/** Some classes of a source, numbered anew from 0 in the source's order: for transfer learning from some to others. */
final class ChosenClasses implements ImageSource {
    private static final Pattern RANGE = Pattern.compile("(\\d{1,6})(?:-(\\d{1,6}))?");

    private final ImageSource images;
    private final List<Integer> classes;
    private final List<String> labels;

    private ChosenClasses(ImageSource all, List<Integer> classes) {
        int[] indices = IntStream.range(0, all.size())
                .filter(index -> classes.contains(all.label(index)))
                .toArray();
        this.images = new SubsetSource(
                all, indices, "%,d of %d classes of %s".formatted(indices.length, classes.size(), all.description()));
        this.classes = List.copyOf(classes);
        this.labels = classes.stream().map(label -> all.labels().get(label)).toList();
    }

    /**
     * Takes classes of every part.
     *
     * @param numbers as in {@code 0-4} or {@code 0,2,7-9}
     * @throws InvalidInputException for a text that is no list of numbers, or not of at least two classes there are
     */
    static DataParts of(DataParts parts, String numbers) {
        List<Integer> classes = parse(numbers, parts.all().labels());
        UnaryOperator<Optional<ImageSource>> chosen = part -> part.map(images -> new ChosenClasses(images, classes));
        return new DataParts(
                chosen.apply(parts.train()),
                chosen.apply(parts.validation()),
                chosen.apply(parts.test()),
                chosen.apply(parts.undivided()),
                parts.leftOut());
    }

    private static List<Integer> parse(String numbers, List<String> labels) {
        Set<Integer> chosen = new TreeSet<>();
        for (String part : numbers.split(",", -1)) {
            Matcher range = RANGE.matcher(part);
            if (!range.matches()) {
                throw new InvalidInputException(
                        "classes are numbers and ranges such as 0-4 or 0,2,7-9, but got \"" + part + "\"");
            }
            int first = Integer.parseInt(range.group(1));
            int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
            if (first > last || last >= labels.size()) {
                throw new InvalidInputException("classes must be numbers from 0 to " + (labels.size() - 1)
                        + " in order, but got \"" + part + "\"; the source has " + labels);
            }
            IntStream.rangeClosed(first, last).forEach(chosen::add);
        }
        if (chosen.size() < 2) {
            throw new InvalidInputException(
                    "at least two classes must be chosen, but \"" + numbers + "\" is " + chosen.size());
        }
        return new ArrayList<>(chosen);
    }

    @Override
    public List<String> labels() {
        return labels;
    }

    @Override
    public int size() {
        return images.size();
    }

    @Override
    public int label(int index) {
        return classes.indexOf(images.label(index));
    }

    @Override
    public String id(int index) {
        return images.id(index);
    }

    @Override
    public String key(int index) {
        return images.key(index);
    }

    @Override
    public Optional<Path> file(int index) {
        return images.file(index);
    }

    @Override
    public long bytes(int index) {
        return images.bytes(index);
    }

    @Override
    public Mat read(int index) throws ImageReadException {
        return images.read(index);
    }

    @Override
    public Mat readAlpha(int index) throws ImageReadException {
        return images.readAlpha(index);
    }

    @Override
    public String description() {
        return images.description();
    }

    @Override
    public boolean tightlyFramed() {
        return images.tightlyFramed();
    }
}
