package org.efficientnet4j.graph.layers;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Run-time half of {@link LocalResponseNormalizationBlock}, by ND4J's operations: {@code y = x / d ^ beta} with d the sum
 * over a channel's neighbours, from {@code size / 2} before it to {@code (size - 1) / 2} behind.
 */
final class LocalResponseNormalizationBlockLayer extends KernelLayer<LocalResponseNormalizationBlock> {
    private static final long serialVersionUID = 1L;

    LocalResponseNormalizationBlockLayer(NeuralNetConfiguration configuration, DataType type) {
        super(configuration, type);
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
        requireImages();
        LayerArrays arrays = LayerArrays.forward(workspaces, dataType);
        INDArray x = arrays.contiguous(input);
        INDArray divisor = Transforms.pow(denominator(x), layerConf().beta(), false);
        return arrays.activations(x.shape()).assign(x).divi(divisor);
    }

    private INDArray denominator(INDArray x) {
        int size = layerConf().size();
        INDArray squares = x.mul(x);
        return neighbours(squares, size / 2, (size - 1) / 2)
                .muli(layerConf().alpha() / size)
                .addi(layerConf().k());
    }

    /** {@code dx = g d^-beta - 2 alpha beta / size x (sum of g x d^(-beta - 1) over the channels that x is summed in)}. */
    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
        LayerArrays arrays = LayerArrays.backward(workspaces, dataType);
        int size = layerConf().size();
        double beta = layerConf().beta();
        INDArray x = arrays.contiguous(input);
        INDArray denominator = denominator(x);
        INDArray direct = Transforms.pow(denominator, -beta, true).muli(epsilon);
        INDArray shares = direct.mul(x).divi(denominator);
        INDArray summed = neighbours(shares, (size - 1) / 2, size / 2);
        INDArray result = arrays.gradient(x.shape()).assign(direct);
        result.subi(summed.muli(x).muli(2 * layerConf().alpha() * beta / size));
        return new Pair<>(new DefaultGradient(), result);
    }

    /** For each channel the sum over so many channels before it, itself, and so many behind it. */
    private static INDArray neighbours(INDArray values, int before, int behind) {
        long channels = values.size(3);
        INDArray result = values.dup('c');
        for (int offset = -before; offset <= behind; offset++) {
            long distance = Math.abs(offset);
            if (offset != 0 && distance < channels) {
                long first = Math.max(0, -offset);
                long end = channels - Math.max(0, offset);
                channels(result, first, end).addi(channels(values, first + offset, end + offset));
            }
        }
        return result;
    }

    private static INDArray channels(INDArray images, long first, long end) {
        return images.get(
                NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(first, end));
    }
}
