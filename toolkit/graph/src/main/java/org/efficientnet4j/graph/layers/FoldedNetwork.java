package org.efficientnet4j.graph.layers;

import static org.nd4j.linalg.ops.transforms.Transforms.sqrt;

import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Makes a copy of a network whose training pass computes what the network's inference does: batch norm's running statistics
 * are folded into the convolutions, nothing is dropped. Its backward pass gives the gradients of inference, which DL4J's
 * passes do not offer for layers with batch norm.
 */
public final class FoldedNetwork {
    private FoldedNetwork() {}

    /**
     * The copy.
     *
     * @param network initialised, of the toolkit's layers
     */
    public static ComputationGraph of(ComputationGraph network) {
        ComputationGraphConfiguration configuration = network.getConfiguration().clone();
        configuration.setTrainingWorkspaceMode(WorkspaceMode.NONE);
        configuration.setInferenceWorkspaceMode(WorkspaceMode.NONE);
        configuration.getVertices().replaceAll(FoldedNetwork::folded);
        ComputationGraph copy = new ComputationGraph(configuration);
        copy.init();
        for (Map.Entry<String, INDArray> parameter : copy.paramTable().entrySet()) {
            parameter.getValue().assign(value(network, parameter.getKey()));
        }
        return copy;
    }

    private static GraphVertex folded(String name, GraphVertex vertex) {
        if (vertex instanceof ResidualAdd sum) {
            return new ResidualAdd(0, sum.getSeed(), sum.getActivation(), sum.getKernels());
        }
        if (vertex instanceof LayerVertex layer) {
            NeuralNetConfiguration settings = layer.getLayerConf();
            settings.getLayer().setIDropout(null);
            if (settings.getLayer() instanceof ConvolutionBlock block) {
                ConvolutionBlock biased = new ConvolutionBlock(
                        withoutBatchNorm(block.settings()), 1, block.needsInputGradient(), block.getKernels());
                biased.setLayerName(name);
                biased.setIUpdater(block.getIUpdater());
                settings.setLayer(biased);
            }
        }
        return vertex;
    }

    private static ConvolutionSettings withoutBatchNorm(ConvolutionSettings settings) {
        return new ConvolutionSettings(
                settings.inChannels(),
                settings.outChannels(),
                settings.kernel(),
                settings.stride(),
                settings.padding(),
                settings.groups(),
                settings.activation(),
                Optional.empty());
    }

    /** The value of one of the copy's parameters, named {@code vertex_parameter}. */
    private static INDArray value(ComputationGraph network, String name) {
        String vertex = name.substring(0, name.lastIndexOf('_'));
        if (network.getLayer(vertex) != null
                && network.getLayer(vertex).conf().getLayer() instanceof ConvolutionBlock block
                && block.settings().batchNorm().isPresent()) {
            Map<String, INDArray> parameters = network.getLayer(vertex).paramTable();
            double epsilon = block.settings().batchNorm().get().epsilon();
            INDArray scale = parameters
                    .get(ConvolutionBlock.GAMMA)
                    .div(sqrt(parameters.get(ConvolutionBlock.VARIANCE).add(epsilon)));
            return name.endsWith("_" + ConvolutionBlock.WEIGHTS)
                    ? parameters.get(ConvolutionBlock.WEIGHTS).mul(scale.reshape(scale.length(), 1, 1, 1))
                    : bias(parameters, scale);
        }
        return network.getParam(name);
    }

    /** The bias of a convolution with batch norm folded in, and its own bias before batch norm, if any. */
    private static INDArray bias(Map<String, INDArray> parameters, INDArray scale) {
        INDArray mean = parameters.get(ConvolutionBlock.MEAN);
        if (parameters.containsKey(ConvolutionBlock.BIAS)) {
            mean = mean.sub(parameters.get(ConvolutionBlock.BIAS));
        }
        return parameters.get(ConvolutionBlock.BETA).sub(mean.mul(scale));
    }
}
