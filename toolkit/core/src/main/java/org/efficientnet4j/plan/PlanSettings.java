package org.efficientnet4j.plan;

import java.util.Optional;
import org.efficientnet4j.core.InvalidInputException;

/**
 * The settings of a plan that its use decides.
 *
 * @param inputChannels channels of the images, 3 for RGB
 * @param classes outputs of the classifier; 0 for the feature maps alone, without head and classifier
 * @param padding of the convolutions whose padding adapts to their kernel; empty to leave it as planned
 */
public record PlanSettings(int inputChannels, int classes, Optional<Padding> padding) {
    /** The colour channels of a photograph. */
    public static final int RGB = 3;

    /** RGB images and ImageNet's classes. */
    public static final PlanSettings IMAGENET = new PlanSettings(RGB, 1000, Optional.empty());

    /** @throws InvalidInputException for fewer than 1 channel or 0 classes */
    public PlanSettings {
        if (inputChannels < 1) {
            throw new InvalidInputException("Images must have at least 1 channel, found " + inputChannels);
        }
        if (classes < 0) {
            throw new InvalidInputException("classes must be at least 0 (0 = no head), found " + classes);
        }
    }

    /** RGB images and a number of classes. */
    public static PlanSettings classes(int classes) {
        return new PlanSettings(RGB, classes, Optional.empty());
    }

    /** The same with another padding. */
    public PlanSettings withPadding(Padding other) {
        return new PlanSettings(inputChannels, classes, Optional.of(other));
    }

    /** The same with other channels. */
    public PlanSettings withInputChannels(int channels) {
        return new PlanSettings(channels, classes, padding);
    }
}
