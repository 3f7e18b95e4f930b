package org.efficientnet4j.data.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.data.ImageReadException;
import org.efficientnet4j.data.ImageSource;

/** Refuses a source with a class of which no image can be read: a network would never see it, nor be judged on it. */
public final class ReadableClasses {
    private ReadableClasses() {}

    /**
     * Decodes images of every class until one can be read; as a rule, that is the first.
     *
     * @param source labelled images; a class without any is passed over
     * @throws InvalidInputException naming the class, the number of its images and the first one's fault
     */
    public static void require(ImageSource source) {
        List<List<Integer>> classes = Stream.generate(() -> (List<Integer>) new ArrayList<Integer>())
                .limit(source.labels().size())
                .toList();
        for (int index = 0; index < source.size(); index++) {
            classes.get(source.label(index)).add(index);
        }
        IntStream.range(0, classes.size())
                .parallel()
                .mapToObj(label -> fault(source, label, classes.get(label)))
                .flatMap(Optional::stream)
                .findFirst()
                .ifPresent(message -> {
                    throw new InvalidInputException(message);
                });
    }

    private static Optional<String> fault(ImageSource source, int label, List<Integer> images) {
        Optional<String> first = Optional.empty();
        for (int index : images) {
            try {
                source.read(index).close();
                return Optional.empty();
            } catch (ImageReadException e) {
                if (first.isEmpty()) {
                    first = Optional.of(
                            "The class \"%s\" must have an image that can be read, found none of %s in %s; the first is %s: %s. Mend the images, or remove the class"
                                    .formatted(
                                            source.labels().get(label),
                                            images.size() == 1 ? "1 image" : images.size() + " images",
                                            source.description(),
                                            e.imageId(),
                                            e.reason()));
                }
            }
        }
        return first;
    }
}
