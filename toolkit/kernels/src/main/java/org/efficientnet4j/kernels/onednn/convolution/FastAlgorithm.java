package org.efficientnet4j.kernels.onednn.convolution;

import org.efficientnet4j.kernels.onednn.convolution.ConvolutionPass.Direction;
import org.efficientnet4j.kernels.onednn.primitive.Band;
import org.efficientnet4j.kernels.onednn.primitive.ImageShape;
import org.efficientnet4j.kernels.onednn.primitive.PostOperations;

/** A way to compute a convolution by fewer products than its definition. */
public interface FastAlgorithm {
    /** One direction for one band of images of a shape. */
    BandKernel band(Direction direction, ImageShape shape, Band band);

    /** Inference of one band. */
    BandKernel inference(ImageShape shape, Band band, PostOperations post);

    /** The rows of output that are computed together: bands are best multiples of it. */
    int rows();

    /**
     * The weights of a direction.
     *
     * @param threads how many parts are of use
     */
    PassWeights weights(Direction direction, int threads);
}
