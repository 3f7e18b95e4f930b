package org.efficientnet4j.data.decode;

import static org.bytedeco.opencv.global.opencv_core.CV_16U;
import static org.bytedeco.opencv.global.opencv_core.inRange;

import java.nio.ByteBuffer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;

/** The one transparent shade of a grey PNG (tRNS), which OpenCV passes over, though it heeds that of colour ones. */
final class GreyTransparency {
    private static final int BIT_DEPTH = 24;
    private static final int COLOUR_TYPE = 25;

    private GreyTransparency() {}

    /**
     * Turns the transparent shade white.
     *
     * <p>Source: PNG specification, 11.3.2.1: the sample is written in the image's own depth.
     *
     * @param image decoded from the file; grey images are changed in place
     */
    static void whiten(Mat image, byte[] png) {
        int chunk = PngChunks.find(png, "tRNS");
        boolean grey = png.length > COLOUR_TYPE && png[COLOUR_TYPE] == 0;
        if (!grey || chunk < 0 || image.channels() != 1 || chunk + 10 > png.length) {
            return;
        }
        int depth = png[BIT_DEPTH];
        int sample = ByteBuffer.wrap(png).getShort(chunk + 8) & 0xFFFF;
        boolean wide = image.depth() == CV_16U;
        double shade = wide ? sample : sample * 255.0 / ((1 << depth) - 1);
        try (Mat transparent = new Mat();
                Mat bound = new Mat(new Scalar(shade));
                Mat white = new Mat(new Scalar(wide ? 65535 : 255))) {
            inRange(image, bound, bound, transparent);
            image.setTo(white, transparent);
        }
    }
}
