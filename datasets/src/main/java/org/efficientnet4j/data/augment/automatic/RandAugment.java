package org.efficientnet4j.data.augment.automatic;

import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.efficientnet4j.core.InvalidInputException;

/**
 * Some operations in a row, each drawn evenly from {@link RandomOperation}'s table, all at one magnitude.
 *
 * <p>Source: arXiv 1909.13719.
 *
 * @param layers how many operations an image, at least 1; 2 as published
 * @param magnitude from 0 to 30, 10 being the operations' full strength
 */
public record RandAugment(int layers, double magnitude) implements AutomaticPolicy {
    /** Operations an image as published. */
    public static final int USUAL_LAYERS = 2;

    private static final List<RandomOperation> OPERATIONS = List.of(RandomOperation.values());
    private static final double FULL = 10;
    private static final double MOST = 30;

    /** @throws InvalidInputException for a value out of range */
    public RandAugment {
        if (layers < 1) {
            throw new InvalidInputException("RandAugment needs at least 1 operation an image, found " + layers);
        }
        if (!(magnitude >= 0 && magnitude <= MOST)) {
            throw new InvalidInputException("RandAugment's magnitude must lie in [0, 30], found " + magnitude);
        }
    }

    @Override
    public byte[] applyToPixels(byte[] input, int size, RandomGenerator random, Consumer<String> told) {
        Pixels pixels = new Pixels(input, size);
        for (int layer = 0; layer < layers; layer++) {
            RandomOperation operation = OPERATIONS.get(random.nextInt(OPERATIONS.size()));
            pixels = operation.apply(pixels, magnitude / FULL, random);
            told.accept(operation.published());
        }
        return pixels.bytes();
    }
}
