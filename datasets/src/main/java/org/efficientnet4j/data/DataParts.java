package org.efficientnet4j.data;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.efficientnet4j.core.InvalidInputException;

/**
 * A data set with its parts: its own, or drawn from it where it has none.
 *
 * @param train the images to learn from
 * @param validation the images to hold out meanwhile; empty where nothing could be drawn
 * @param test the images for a last judgement
 * @param undivided the whole data set where train and validation were drawn from it; empty where it has parts of its own
 * @param leftOut the files that are not among the images
 */
public record DataParts(
        Optional<ImageSource> train,
        Optional<ImageSource> validation,
        Optional<ImageSource> test,
        Optional<ImageSource> undivided,
        List<LeftOut> leftOut) {
    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if there is no part at all
     */
    public DataParts {
        Objects.requireNonNull(train, "train");
        Objects.requireNonNull(validation, "validation");
        Objects.requireNonNull(test, "test");
        Objects.requireNonNull(undivided, "undivided");
        leftOut = List.copyOf(leftOut);
        if (train.isEmpty() && validation.isEmpty() && test.isEmpty()) {
            throw new IllegalArgumentException("A data set must have at least 1 part, found none");
        }
    }

    /**
     * The two halves that a training uses: the held-out one is the validation part, else the test part.
     *
     * @return both halves
     * @throws InvalidInputException if there is nothing to learn from, or nothing is held out
     */
    public DataSplits splits() {
        ImageSource learnt = train.orElseThrow(() -> new InvalidInputException("Training must have a train part, found "
                + names() + " alone in " + all().description() + ": add a folder train/ beside it"));
        ImageSource heldOut = validation
                .or(() -> test)
                .orElseThrow(() -> new InvalidInputException(
                        "To hold images out for validation, some class must have two or more; " + learnt.description()
                                + " has none. Add images, or give a folder val/ beside train/."));
        return new DataSplits(learnt, heldOut, leftOut);
    }

    /**
     * The part that a judgement of a network from elsewhere is made on: every image of an undivided data set, else what
     * the data set itself holds out.
     *
     * @return {@link DataPart#ALL}, {@link DataPart#VALIDATION} or {@link DataPart#TEST}
     */
    public DataPart unseen() {
        return undivided.isPresent() || (validation.isEmpty() && test.isEmpty()) ? DataPart.ALL : heldOut();
    }

    /**
     * The part that a training on this data set holds out.
     *
     * @return {@link DataPart#VALIDATION}, or {@link DataPart#TEST} where that is the only one
     */
    public DataPart heldOut() {
        return validation.isEmpty() && test.isPresent() ? DataPart.TEST : DataPart.VALIDATION;
    }

    /**
     * The images of a part.
     *
     * @param part which
     * @return its images
     * @throws InvalidInputException if the data set has no such part
     */
    public ImageSource part(DataPart part) {
        return sourceOf(part)
                .orElseThrow(() -> new InvalidInputException("The part asked for must be there, found no " + part
                        + " part in " + all().description() + ", which has " + names()
                        + ": choose one of these, or all"));
    }

    private String names() {
        return String.join(
                ", ",
                Stream.of(DataPart.TRAIN, DataPart.VALIDATION, DataPart.TEST)
                        .filter(part -> sourceOf(part).isPresent())
                        .map(DataPart::toString)
                        .toList());
    }

    private Optional<ImageSource> sourceOf(DataPart part) {
        return switch (part) {
            case TRAIN -> train;
            case VALIDATION -> validation;
            case TEST -> test;
            case ALL -> Optional.of(all());
        };
    }

    /**
     * Every image.
     *
     * @return the images of all parts, train first
     */
    public ImageSource all() {
        return undivided.orElseGet(() -> Stream.of(train, validation, test)
                .flatMap(Optional::stream)
                .reduce(JoinedSource::new)
                .orElseThrow());
    }
}
