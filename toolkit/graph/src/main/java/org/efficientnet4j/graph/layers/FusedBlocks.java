package org.efficientnet4j.graph.layers;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.graph.layers.FusedTail.Place;
import org.efficientnet4j.kernels.KernelProvider;
import org.efficientnet4j.kernels.KernelProviders;
import org.efficientnet4j.kernels.SqueezeExciteSettings;

/**
 * Lets a network train faster and with less memory: a block's depthwise convolution, squeeze-excite and projection run on
 * kernels that work together, where the provider has such. A matter of the network at run time, like its updater: neither
 * its configuration nor its files know of it.
 *
 * <p>Holds for the passes of {@code fit} and {@code computeGradientAndScore} in DL4J's workspaces; {@code feedForward},
 * {@code output} and blocks that compute activations again run layer by layer. Listeners that look at a step's activations
 * ({@code onForwardPass}) find what the first two of the layers give only where it is to be shown.
 */
public final class FusedBlocks {
    private FusedBlocks() {}

    /**
     * Changes how the network trains from now on.
     *
     * @param network any; layers that are not ours, or whose output has several readers, stay as they are
     * @param shown whether listeners look at activations: all are written then, for the same results in more time
     */
    public static void install(ComputationGraph network, boolean shown) {
        BlockMemory memory = new BlockMemory(network.params().dataType());
        network.getConfiguration().getVertexInputs().forEach((name, inputs) -> {
            if (network.getLayer(name) instanceof SqueezeExciteLayer squeezeExcite
                    && onlyReader(network, inputs.get(0)).isPresent()
                    && network.getLayer(inputs.get(0)) instanceof ConvolutionBlockLayer depthwise) {
                onlyReader(network, name)
                        .filter(reader -> network.getLayer(reader) instanceof ConvolutionBlockLayer)
                        .map(reader -> (ConvolutionBlockLayer) network.getLayer(reader))
                        .ifPresent(projection -> connect(depthwise, squeezeExcite, projection, shown, memory));
            }
        });
    }

    /** The vertex that reads another's output, where there is but one and the output is not the network's. */
    private static Optional<String> onlyReader(ComputationGraph network, String vertex) {
        List<String> readers = network.getConfiguration().getVertexInputs().entrySet().stream()
                .filter(entry -> entry.getValue().contains(vertex))
                .map(Map.Entry::getKey)
                .toList();
        boolean shown = network.getConfiguration().getNetworkOutputs().contains(vertex);
        return readers.size() == 1 && !shown ? Optional.of(readers.get(0)) : Optional.empty();
    }

    private static void connect(
            ConvolutionBlockLayer depthwise,
            SqueezeExciteLayer squeezeExcite,
            ConvolutionBlockLayer projection,
            boolean shown,
            BlockMemory memory) {
        ConvolutionBlock first = depthwise.layerConf();
        ConvolutionBlock last = projection.layerConf();
        if (!last.needsInputGradient()) {
            return;
        }
        KernelProvider provider =
                KernelProviders.choose(first.getKernels(), depthwise.params().dataType());
        SqueezeExciteSettings gate = squeezeExcite.layerConf().settings();
        provider.blockTail(first.settings(), gate, last.settings(), shown).ifPresent(kernels -> {
            FusedTail tail = new FusedTail(memory);
            depthwise.join(tail, Place.DEPTHWISE, kernels.depthwise());
            squeezeExcite.join(tail, Place.SQUEEZE_EXCITE, kernels.squeezeExcite());
            projection.join(tail, Place.PROJECTION, kernels.projection());
        });
    }
}
