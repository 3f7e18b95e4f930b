package org.efficientnet4j.data.augment;

import static org.bytedeco.opencv.global.opencv_core.BORDER_CONSTANT;
import static org.bytedeco.opencv.global.opencv_core.BORDER_REFLECT_101;
import static org.bytedeco.opencv.global.opencv_core.copyMakeBorder;

import java.util.Objects;
import java.util.random.RandomGenerator;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.efficientnet4j.core.InvalidInputException;

/**
 * The framing of training on small images: the whole image (its central square) resized, padded on all sides and cut back
 * to its size at a chance place; that is, shifted by a few pixels.
 *
 * @param padding each side's padding as a share of the size, 0 to 0.5; CIFAR's usual 4 of 32 pixels are 0.125
 * @param border what the padding holds
 */
public record PadAndCrop(double padding, Border border) implements Framing {
    /** CIFAR's usual padding, 4 of 32 pixels. */
    public static final double USUAL_PADDING = 0.125;

    /** Fill of the padding. */
    public enum Border {
        /** The image mirrored at its outermost pixels. */
        REFLECT,
        /** Black. */
        ZERO
    }

    /**
     * Checks the padding.
     *
     * @throws InvalidInputException if it is not between 0 and 0.5
     */
    public PadAndCrop {
        Objects.requireNonNull(border, "border");
        if (!(padding >= 0 && padding <= 0.5)) {
            throw new InvalidInputException("the padding must be 0 to 0.5 of the image's size, but is " + padding);
        }
    }

    @Override
    public Mat frame(Mat image, FrameTarget target, RandomGenerator random) {
        int size = target.size();
        // A mirror cannot be longer than the image less its outermost pixel.
        int pad = Math.min(size - 1, (int) Math.round(size * padding));
        int x = random.nextInt(2 * pad + 1);
        int y = random.nextInt(2 * pad + 1);
        FrameTarget whole = new FrameTarget(size, 1, target.interpolation());
        int kind = border == Border.REFLECT ? BORDER_REFLECT_101 : BORDER_CONSTANT;
        try (Mat framed = new CentreCrop().frame(image, whole, random);
                Mat padded = new Mat();
                Scalar black = new Scalar(0, 0, 0, 0);
                Rect rectangle = new Rect(x, y, size, size)) {
            copyMakeBorder(framed, padded, pad, pad, pad, pad, kind, black);
            try (Mat cut = new Mat(padded, rectangle)) {
                return cut.clone();
            }
        }
    }
}
