package org.efficientnet4j.data.decode;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC4;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;

/**
 * The chunks of a WebP file, and an animation's first frame as a file of its own, since OpenCV reads still pictures alone.
 *
 * <p>Source: RFC 9649, section 2.7.
 */
final class WebpChunks {
    private static final int FIRST_CHUNK = 12;
    private static final int FRAME_HEADER_BYTES = 16;
    private static final int ALPHA_FLAG = 0x10;

    private WebpChunks() {}

    /**
     * A chunk's content.
     *
     * @param start of the content
     * @param end behind it
     */
    record Chunk(int start, int end) {}

    /** Finds a chunk whose content is whole. */
    static Optional<Chunk> find(byte[] file, String type) {
        return find(file, type, FIRST_CHUNK, file.length);
    }

    private static Optional<Chunk> find(byte[] file, String type, int from, int end) {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        long at = from;
        while (at + 8 <= end) {
            long length = bytes.getInt((int) at + 4) & 0xFFFFFFFFL;
            if (at + 8 + length > end) {
                return Optional.empty();
            }
            if (ImageFormat.hasText(file, (int) at, type)) {
                return Optional.of(new Chunk((int) at + 8, (int) (at + 8 + length)));
            }
            at += 8 + length + length % 2;
        }
        return Optional.empty();
    }

    /**
     * A frame and its place.
     *
     * @param chunk the frame's header and picture
     * @param place its left upper corner
     * @param canvas the animation's size
     */
    record Frame(Chunk chunk, ImageHeader.Size place, ImageHeader.Size canvas) {
        /** The frame as a file of a still picture. */
        byte[] still(byte[] file) {
            int picture = chunk.start() + FRAME_HEADER_BYTES;
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            body.writeBytes("WEBP".getBytes(StandardCharsets.US_ASCII));
            if (find(file, "ALPH", picture, chunk.end()).isPresent()) {
                ByteBuffer extended = ByteBuffer.allocate(18).order(ByteOrder.LITTLE_ENDIAN);
                extended.put("VP8X".getBytes(StandardCharsets.US_ASCII))
                        .putInt(10)
                        .putInt(ALPHA_FLAG);
                extended.put(file, chunk.start() + 6, 6); // width and height, as the frame's header has them
                body.writeBytes(extended.array());
            }
            body.write(file, picture, chunk.end() - picture);
            ByteBuffer riff = ByteBuffer.allocate(8 + body.size()).order(ByteOrder.LITTLE_ENDIAN);
            riff.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(body.size());
            return riff.put(body.toByteArray()).array();
        }

        /** The frame on the animation's canvas, which is transparent where the frame leaves it free. */
        Mat onCanvas(Mat frame) {
            Mat whole = new Mat((int) canvas.height(), (int) canvas.width(), CV_8UC4, new Scalar(0, 0, 0, 0));
            try (Rect area = new Rect((int) place.width(), (int) place.height(), frame.cols(), frame.rows());
                    Mat part = new Mat(whole, area);
                    Mat withAlpha = new Mat()) {
                if (frame.channels() == 4) {
                    frame.copyTo(part);
                } else {
                    opencv_imgproc.cvtColor(frame, withAlpha, opencv_imgproc.COLOR_BGR2BGRA);
                    withAlpha.copyTo(part);
                }
            }
            return whole;
        }
    }

    /** The first frame of an animation; empty for a still picture. */
    static Optional<Frame> firstFrame(byte[] file) {
        return find(file, "ANMF")
                .filter(frame -> frame.end() - frame.start() > FRAME_HEADER_BYTES)
                .map(frame -> frame(file, frame));
    }

    private static Frame frame(byte[] file, Chunk frame) {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int at = frame.start();
        return new Frame(
                frame,
                new ImageHeader.Size(2L * ImageHeader.number24(bytes, at), 2L * ImageHeader.number24(bytes, at + 3)),
                ImageHeader.size(file, ImageFormat.WEBP).orElseThrow());
    }
}
