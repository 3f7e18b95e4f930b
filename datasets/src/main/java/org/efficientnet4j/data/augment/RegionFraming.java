package org.efficientnet4j.data.augment;

import java.util.random.RandomGenerator;
import org.bytedeco.opencv.opencv_core.Mat;
import org.efficientnet4j.data.RgbImages;

/** A framing that cuts one region out of the image and resizes it to the square. */
interface RegionFraming extends Framing {
    /** Region cut out of an image of these sides. */
    Region region(int imageWidth, int imageHeight, FrameTarget target, RandomGenerator random);

    @Override
    default Mat frame(Mat image, FrameTarget target, RandomGenerator random) {
        return RgbImages.fromPixels(framedPixels(image, target, random), target.size(), target.size());
    }

    @Override
    default byte[] framedPixels(Mat image, FrameTarget target, RandomGenerator random) {
        Region region = region(image.cols(), image.rows(), target, random);
        return Resampler.resizedPixels(image, region, target.size(), target.size(), target.interpolation());
    }
}
