package org.efficientnet4j.data.augment;

import java.util.random.RandomGenerator;
import org.bytedeco.opencv.opencv_core.Mat;
import org.efficientnet4j.data.RgbImages;

/**
 * The framing of evaluation: the shorter side is resized to {@code floor(size / cropFraction)}, the longer one in
 * proportion, rounded down, and the central square of {@code size} is cut out, its corner rounded to the nearest even pixel
 * where it lies between two. With a crop fraction of 1 a square image is only resized. What is cut off is not computed.
 *
 * <p>Source: torchvision 0.15 {@code transforms.Resize} and {@code CenterCrop}; timm {@code create_transform}.
 */
public record CentreCrop() implements Framing {
    /** Keeps {@code size / (size / resized)} from falling below {@code resized}. */
    private static final double ROUNDING = 1e-6;

    @Override
    public Mat frame(Mat image, FrameTarget target, RandomGenerator random) {
        return RgbImages.fromPixels(framedPixels(image, target, random), target.size(), target.size());
    }

    @Override
    public byte[] framedPixels(Mat image, FrameTarget target, RandomGenerator random) {
        int shorter = Math.min(image.cols(), image.rows());
        long resized = (long) Math.floor(target.size() / target.cropFraction() + ROUNDING);
        int width = Math.toIntExact(resized * image.cols() / shorter);
        int height = Math.toIntExact(resized * image.rows() / shorter);
        Region centre =
                new Region(start(width, target.size()), start(height, target.size()), target.size(), target.size());
        return Resampler.resizedPart(image, height, width, centre, target.interpolation());
    }

    private static int start(int length, int size) {
        return (int) Math.rint((length - size) / 2.0);
    }
}
