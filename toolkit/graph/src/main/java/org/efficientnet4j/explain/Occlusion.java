package org.efficientnet4j.explain;

import java.util.ArrayList;
import java.util.List;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.graph.NetworkInference;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Occlusion: how much less probable a class becomes where a square of the image is covered by the colour that the network's
 * normalisation makes 0: ImageNet's mean, or mid-grey. Needs no gradient, hence shows what {@link GradCam} may miss, for one
 * run of the network a square.
 *
 * <p>Source: Visualizing and Understanding Convolutional Networks (arXiv 1311.2901), section 4.2.
 *
 * @param squares of the map each way; they overlap by half
 * @param batch images to run together
 */
public record Occlusion(int squares, int batch) {
    /** @throws InvalidInputException for fewer than 2 squares, or a batch below 1 */
    public Occlusion {
        if (squares < 2) {
            throw new InvalidInputException("Occlusion must cover at least 2 squares each way, found " + squares);
        }
        if (batch < 1) {
            throw new InvalidInputException("A batch must be at least 1, found " + batch);
        }
    }

    /**
     * The loss of probability, square by square; above 0 where the class needs what is covered.
     *
     * @param network of one softmax output
     * @param image {@code [1, C, H, W]}, normalised
     * @param label the class, from 0
     */
    public SaliencyMap of(NetworkInference network, INDArray image, int label) {
        int height = (int) image.size(2);
        int width = (int) image.size(3);
        double whole = network.output(image).getDouble(0, label);
        List<int[]> places = new ArrayList<>();
        for (int row = 0; row < squares; row++) {
            for (int column = 0; column < squares; column++) {
                places.add(new int[] {row, column});
            }
        }
        float[] values = new float[places.size()];
        for (int first = 0; first < values.length; first += batch) {
            int count = Math.min(batch, values.length - first);
            INDArray covered = Nd4j.create(DataType.FLOAT, count, image.size(1), height, width);
            for (int i = 0; i < count; i++) {
                INDArray one = covered.get(NDArrayIndex.interval(i, i + 1));
                one.assign(image);
                int[] place = places.get(first + i);
                one.get(
                                NDArrayIndex.all(),
                                NDArrayIndex.all(),
                                NDArrayIndex.interval(from(place[0], height), end(place[0], height)),
                                NDArrayIndex.interval(from(place[1], width), end(place[1], width)))
                        .assign(0);
            }
            INDArray probabilities = network.output(covered);
            for (int i = 0; i < count; i++) {
                values[first + i] = (float) (whole - probabilities.getDouble(i, label));
            }
        }
        return new SaliencyMap(squares, squares, values);
    }

    /** A square covers its own cell of the map and half a cell on each side. */
    private int from(int cell, int pixels) {
        return Math.max(0, (int) Math.floor((cell - 0.5) * pixels / squares));
    }

    private int end(int cell, int pixels) {
        return Math.min(pixels, (int) Math.ceil((cell + 1.5) * pixels / squares));
    }
}
