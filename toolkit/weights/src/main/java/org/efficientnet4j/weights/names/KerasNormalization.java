package org.efficientnet4j.weights.names;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.Normalization;

/**
 * Normalisation of pixels inside Keras's EfficientNet V1: it divides by 255 and normalises by a layer whose mean
 * and variance are weights. In ImageNet's weights the deviations are where the variances belong, and a second rescaling by
 * {@code 1 / sqrt(deviation)} mends that: together {@code (pixel / 255 - mean) / deviation}, as the paper has it.
 *
 * <p>A file does not tell whether its network has the second rescaling. Variances that are ImageNet's deviations are taken as
 * that mistake, all others as what they say.
 *
 * <p>Source: keras-team/keras {@code keras/src/applications/efficientnet.py}; tensorflow/tensorflow issue 49930.
 */
final class KerasNormalization {
    private static final List<Float> IMAGENET_DEVIATIONS = List.of(.229f, .224f, .225f);
    private static final float TOLERANCE = 1e-4f;
    private static final float WHITE = 255;
    /** Keras's own floor. */
    private static final double SMALLEST_DEVIATION = 1e-7;

    private KerasNormalization() {}

    /**
     * The normalisation in a file, if it has such a layer with weights.
     *
     * @param tensors the file's names
     * @param values reads one
     * @throws InvalidInputException if the layer is not for three channels
     */
    static Optional<Normalization> of(Collection<String> tensors, Function<String, float[]> values) {
        Optional<float[]> mean = variable("mean", tensors, values);
        Optional<float[]> variance = variable("variance", tensors, values);
        return mean.isPresent() && variance.isPresent()
                ? Optional.of(ofPixels(mean.get(), variance.get()))
                : Optional.empty();
    }

    private static Optional<float[]> variable(
            String variable, Collection<String> tensors, Function<String, float[]> values) {
        Pattern name = Pattern.compile("normalization(_\\d+)?/" + variable);
        return tensors.stream()
                .filter(tensor -> name.matcher(tensor).matches())
                .findFirst()
                .map(values);
    }

    private static Normalization ofPixels(float[] mean, float[] variance) {
        if (mean.length != 3 || variance.length != 3) {
            throw new InvalidInputException("The weights' normalization layer must have 3 channels, found means of "
                    + mean.length + " and variances of " + variance.length);
        }
        boolean deviations = areImagenetDeviations(variance);
        List<Float> means = new ArrayList<>();
        List<Float> stds = new ArrayList<>();
        for (int channel = 0; channel < 3; channel++) {
            means.add(WHITE * mean[channel]);
            double std = deviations ? variance[channel] : Math.sqrt(variance[channel]);
            stds.add((float) (WHITE * Math.max(std, SMALLEST_DEVIATION)));
        }
        return new Normalization(means, stds);
    }

    private static boolean areImagenetDeviations(float[] variance) {
        for (int channel = 0; channel < 3; channel++) {
            if (!(Math.abs(variance[channel] - IMAGENET_DEVIATIONS.get(channel)) <= TOLERANCE)) {
                return false;
            }
        }
        return true;
    }
}
