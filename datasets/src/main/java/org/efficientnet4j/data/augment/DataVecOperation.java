package org.efficientnet4j.data.augment;

import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2RGB;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_RGB2BGR;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;

import java.util.Objects;
import java.util.Random;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.bytedeco.javacv.OpenCVFrameConverter;
import org.bytedeco.opencv.opencv_core.Mat;
import org.datavec.image.data.ImageWritable;
import org.datavec.image.transform.ImageTransform;
import org.efficientnet4j.data.RgbImages;

/**
 * A DataVec transform as a step of a policy. DataVec's transforms keep state while they work, so a fresh one is made for
 * each image; they see BGR, as DataVec's own loader gives; a result of another size is resized back (bilinear).
 *
 * <p>The transform is handed a generator, so DataVec's own transforms draw their parameters at random, up to the limits
 * they were made with ({@code FlipImageTransform} draws among all four flips, whatever it was made with). One that ignores it
 * and draws from its own makes runs unrepeatable.
 *
 * @param transforms makes the transform, such as {@code () -> new RotateImageTransform(15)}
 */
public record DataVecOperation(Supplier<? extends ImageTransform> transforms) implements ImageOperation {
    /** Checks that there is a supplier. */
    public DataVecOperation {
        Objects.requireNonNull(transforms, "transforms");
    }

    @Override
    public Mat apply(Mat image, RandomGenerator random) {
        ImageTransform transform = transforms.get();
        try (Mat bgr = new Mat();
                OpenCVFrameConverter.ToMat toFrame = new OpenCVFrameConverter.ToMat();
                OpenCVFrameConverter.ToMat toMat = new OpenCVFrameConverter.ToMat()) {
            cvtColor(image, bgr, COLOR_RGB2BGR);
            ImageWritable input = new ImageWritable(toFrame.convert(bgr));
            ImageWritable output = transform.transform(input, new Random(random.nextLong()));
            if (output == null) {
                throw new IllegalStateException("the DataVec transform " + transform + " gave no image");
            }
            return backToRgb(toMat.convertToMat(output.getFrame()), image.rows(), image.cols());
        }
    }

    private static Mat backToRgb(Mat bgr, int height, int width) {
        RgbImages.requireRgb(bgr);
        Mat rgb = new Mat();
        cvtColor(bgr, rgb, COLOR_BGR2RGB);
        if (rgb.rows() == height && rgb.cols() == width) {
            return rgb;
        }
        try (rgb) {
            Region whole = new Region(0, 0, rgb.cols(), rgb.rows());
            return Resampler.resize(rgb, whole, height, width, Interpolation.BILINEAR);
        }
    }
}
