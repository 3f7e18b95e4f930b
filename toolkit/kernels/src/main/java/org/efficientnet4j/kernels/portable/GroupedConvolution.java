package org.efficientnet4j.kernels.portable;

import java.util.Optional;
import org.efficientnet4j.kernels.ArrayAllocator;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.plan.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** A convolution in groups of channels, each a convolution of its own on copies of its channels. */
record GroupedConvolution(ConvolutionSettings settings) implements RawConvolution {
    private static final int CHANNEL_AXIS = 3;

    @Override
    public void forward(INDArray input, INDArray weights, INDArray output, ArrayAllocator arrays) {
        for (int group = 0; group < settings.groups(); group++) {
            INDArray result = channels(output, group);
            INDArray dense = arrays.working(result.shape());
            one().forward(dense(channels(input, group), arrays), filters(weights, group), dense, arrays);
            result.assign(dense);
        }
    }

    @Override
    public void backward(
            INDArray input,
            INDArray weights,
            INDArray outputGradient,
            INDArray inputGradient,
            INDArray weightGradient,
            ArrayAllocator arrays) {
        for (int group = 0; group < settings.groups(); group++) {
            INDArray result = channels(inputGradient, group);
            INDArray dense = arrays.working(result.shape());
            one().backward(
                            dense(channels(input, group), arrays),
                            filters(weights, group),
                            dense(channels(outputGradient, group), arrays),
                            dense,
                            filters(weightGradient, group),
                            arrays);
            result.assign(dense);
        }
    }

    private RawConvolution one() {
        return RawConvolution.of(new ConvolutionSettings(
                settings.inChannels() / settings.groups(),
                settings.outChannels() / settings.groups(),
                settings.kernel(),
                settings.stride(),
                settings.padding(),
                1,
                Activation.NONE,
                Optional.empty()));
    }

    private INDArray channels(INDArray images, int group) {
        long count = images.size(CHANNEL_AXIS) / settings.groups();
        return images.get(
                NDArrayIndex.all(),
                NDArrayIndex.all(),
                NDArrayIndex.all(),
                NDArrayIndex.interval(group * count, (group + 1) * count));
    }

    private static INDArray dense(INDArray view, ArrayAllocator arrays) {
        return arrays.working(view.shape()).assign(view);
    }

    /** A group's filters: they follow each other in memory. */
    private INDArray filters(INDArray weights, int group) {
        long count = weights.size(0) / settings.groups();
        return weights.get(
                NDArrayIndex.interval(group * count, (group + 1) * count),
                NDArrayIndex.all(),
                NDArrayIndex.all(),
                NDArrayIndex.all());
    }
}
