package org.efficientnet4j.data;

import java.util.List;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * A fixed, ordered list of labelled images that are decoded on request. Implementations are immutable and safe for
 * several threads; indices run from 0 to {@code size() - 1} and always mean the same image.
 */
public interface ImageSource {
    /** What {@link #label} answers for an image whose class is not known. */
    int UNLABELLED = -1;

    /**
     * The class names; an image's label is a position in this list.
     *
     * @return the class names, in the order of the network's outputs
     */
    List<String> labels();

    /**
     * How many images there are.
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
     * Decodes an image. The caller closes the matrix.
     *
     * @param index 0 to {@code size() - 1}
     * @return a new matrix of 8-bit RGB (not BGR), shape [height, width, 3], turned upright as EXIF says
     * @throws ImageReadException if the image is damaged, missing or of an unsupported format
     */
    Mat read(int index) throws ImageReadException;

    /**
     * One line about the source for logs and reports.
     *
     * @return such as {@code 600 photographs of 2 classes in pets/train}
     */
    String description();

    /**
     * Whether the images are small pictures filled by their object, as CIFAR's are: then evaluation looks at the whole
     * image, and training shifts it by a few pixels instead of cutting out a part.
     *
     * @return true for such images; false for photographs
     */
    default boolean tightlyFramed() {
        return false;
    }
}
