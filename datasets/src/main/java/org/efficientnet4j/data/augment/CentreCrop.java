package org.efficientnet4j.data.augment;

import java.util.random.RandomGenerator;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * The framing of evaluation: the shorter side is resized to {@code round(size / cropFraction)} and the central square of
 * {@code size} cut out. With a crop fraction of 1 a square image is only resized.
 *
 * <p>The cut is made before the resizing, so that nothing outside it is computed; it is rounded to whole pixels of the
 * original.
 */
public record CentreCrop() implements Framing {
    @Override
    public Mat frame(Mat image, FrameTarget target, RandomGenerator random) {
        int shorter = Math.min(image.rows(), image.cols());
        double resizedShorter = Math.round(target.size() / target.cropFraction());
        int side = (int) Math.max(1, Math.round(shorter * target.size() / resizedShorter));
        Region region = Region.centred(image.cols(), image.rows(), side, side);
        return Resampler.resize(image, region, target.size(), target.size(), target.interpolation());
    }
}
