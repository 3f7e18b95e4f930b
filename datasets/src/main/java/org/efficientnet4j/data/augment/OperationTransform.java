package org.efficientnet4j.data.augment;

import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2RGB;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_RGB2BGR;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;

import java.util.Objects;
import java.util.Random;
import org.bytedeco.javacv.OpenCVFrameConverter;
import org.bytedeco.opencv.opencv_core.Mat;
import org.datavec.image.data.ImageWritable;
import org.datavec.image.transform.BaseImageTransform;
import org.efficientnet4j.data.RgbImages;

/**
 * A step of ours as a DataVec transform, for a DataVec pipeline of somebody's own: the other way round than
 * {@link DataVecOperation}. Images are 8-bit BGR squares, as a {@code ResizeImageTransform} before it makes them.
 *
 * <p>Chance comes from the generator DataVec hands over, or else from the one given here. Like DataVec's own transforms it
 * is for one thread at a time, and its JSON form is not supported.
 */
public final class OperationTransform extends BaseImageTransform<Mat> {
    private final ImageOperation operation;

    /**
     * Wraps a step.
     *
     * @param operation such as {@code new RandAugment(2, 10)}
     * @param random used where DataVec hands over no generator
     */
    public OperationTransform(ImageOperation operation, Random random) {
        super(Objects.requireNonNull(random, "random"));
        this.operation = Objects.requireNonNull(operation, "operation");
        this.converter = new OpenCVFrameConverter.ToMat();
    }

    /**
     * Transforms one image.
     *
     * @throws IllegalArgumentException unless it is a square of 8-bit BGR
     */
    @Override
    protected ImageWritable doTransform(ImageWritable image, Random given) {
        if (image == null) {
            return null;
        }
        Mat bgr = converter.convert(image.getFrame());
        RgbImages.requireRgb(bgr);
        if (bgr.rows() != bgr.cols()) {
            throw new IllegalArgumentException("the image must be a square, found " + bgr.cols() + " x " + bgr.rows()
                    + ": put a ResizeImageTransform before this one");
        }
        // The result's frame refers to the new matrix, which therefore stays open.
        Mat result = new Mat();
        try (Mat rgb = new Mat()) {
            cvtColor(bgr, rgb, COLOR_BGR2RGB);
            // A step that works in place gives the same matrix, which may be closed twice.
            try (Mat changed = operation.apply(rgb, given == null ? random : given)) {
                cvtColor(changed, result, COLOR_RGB2BGR);
            }
        }
        return new ImageWritable(converter.convert(result));
    }

    /** Steps move pixels by chance, so that there is no place to ask for. */
    @Override
    public float[] query(float... coordinates) {
        throw new UnsupportedOperationException("an augmentation step has no fixed coordinates to transform");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OperationTransform transform && operation.equals(transform.operation);
    }

    @Override
    public int hashCode() {
        return operation.hashCode();
    }
}
