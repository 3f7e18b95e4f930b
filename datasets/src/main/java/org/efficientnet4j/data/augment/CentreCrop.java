package org.efficientnet4j.data.augment;

import java.util.random.RandomGenerator;

/**
 * The framing of evaluation: the shorter side is resized to {@code round(size / cropFraction)} and the central square of
 * {@code size} cut out. With a crop fraction of 1 a square image is only resized.
 *
 * <p>The cut is made before the resizing, so that nothing outside it is computed; it is rounded to whole pixels of the
 * original.
 */
public record CentreCrop() implements RegionFraming {
    @Override
    public Region region(int imageWidth, int imageHeight, FrameTarget target, RandomGenerator random) {
        int shorter = Math.min(imageWidth, imageHeight);
        double resizedShorter = Math.round(target.size() / target.cropFraction());
        int side = (int) Math.max(1, Math.round(shorter * target.size() / resizedShorter));
        return Region.centred(imageWidth, imageHeight, side, side);
    }
}
