package org.efficientnet4j.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * A fixed, ordered list of labelled images that are decoded on request. Implementations are immutable and safe for
 * several threads; indices run from 0 to {@code size() - 1} and always mean the same image.
 */
public interface ImageSource {
    /** The answer of {@link #label} for an image whose class is not known. */
    int UNLABELLED = -1;

    /**
     * The class names; an image's label is a position in this list.
     *
     * @return the class names, in the order of the network's outputs
     */
    List<String> labels();

    /**
     * The number of images.
     *
     * @return the number of images, readable or not
     */
    int size();

    /**
     * The class of an image.
     *
     * @param index 0 to {@code size() - 1}
     * @return a position in {@link #labels()}, or {@link #UNLABELLED}
     */
    int label(int index);

    /**
     * The image's name for messages and reports: a file's path, or a place in a file such as
     * {@code data_batch_1.bin[17]}.
     *
     * @param index 0 to {@code size() - 1}
     * @return the name
     */
    String id(int index);

    /**
     * The image's name within its data set, the same wherever the data set lies: a file's path below the data folder
     * with {@code /} between its parts.
     *
     * @param index 0 to {@code size() - 1}
     * @return the name
     */
    default String key(int index) {
        return id(index);
    }

    /**
     * The image's file, for sources that keep one image a file.
     *
     * @param index 0 to {@code size() - 1}
     * @return the file; empty for other sources
     */
    default Optional<Path> file(int index) {
        return Optional.empty();
    }

    /**
     * The size of the image's file when the source was listed.
     *
     * @param index 0 to {@code size() - 1}
     * @return bytes; 0 for a source that keeps no files
     */
    default long bytes(int index) {
        return 0;
    }

    /**
     * Decodes an image. The caller closes the matrix.
     *
     * @param index 0 to {@code size() - 1}
     * @return a new matrix of 8-bit RGB (not BGR), shape [height, width, 3], turned upright as EXIF says
     * @throws ImageReadException if the image is damaged, missing or of an unsupported format
     */
    Mat read(int index) throws ImageReadException;

    /**
     * Decodes an image's alpha channel. The caller closes the matrix.
     *
     * @param index 0 to {@code size() - 1}
     * @return a new 8-bit matrix of three equal channels, 255 for an opaque pixel, shape [height, width, 3], turned upright
     *     as {@link #read} does
     * @throws ImageReadException if the image can't be read or has no alpha channel
     */
    default Mat readAlpha(int index) throws ImageReadException {
        throw new ImageReadException(id(index), "its source has no alpha channel, so train on 1 or 3 channels");
    }

    /**
     * One line about the source for logs and reports.
     *
     * @return such as {@code 600 photographs of 2 classes in pets/train}
     */
    String description();

    /**
     * Tight framing: the images are small pictures filled by their object, as CIFAR's are. Evaluation then looks at the
     * whole image, and training shifts it by a few pixels instead of cutting out a part.
     *
     * @return true for such images; false for photographs
     */
    default boolean tightlyFramed() {
        return false;
    }
}
