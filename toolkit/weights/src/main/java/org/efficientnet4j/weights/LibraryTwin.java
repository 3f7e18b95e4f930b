package org.efficientnet4j.weights;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.graph.layers.ConvolutionBlock;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.kernels.Padding;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.weights.names.Convention;
import org.efficientnet4j.weights.names.WeightSource;

/**
 * Another library's network that computes what one of ours does with the same weights.
 *
 * @param name as the library calls it
 * @param epsilon added to variances by our network
 * @param setting what to set when the library's network is made; empty where its own epsilon is the same
 */
public record LibraryTwin(String name, double epsilon, String setting) {
    private static final String TENSORFLOW = "tf_";

    /**
     * Finds the network.
     *
     * @throws InvalidInputException if the library has none with the padding of ours
     */
    static LibraryTwin of(ComputationGraph network, ModelDefinition model, WeightSource library) {
        List<ConvolutionSettings> blocks = network.getConfiguration().getVertices().values().stream()
                .filter(LayerVertex.class::isInstance)
                .map(vertex -> ((LayerVertex) vertex).getLayerConf().getLayer())
                .filter(ConvolutionBlock.class::isInstance)
                .map(layer -> ((ConvolutionBlock) layer).settings())
                .toList();
        Padding padding = onlyOne(
                "padding", blocks.stream().map(ConvolutionSettings::padding).collect(Collectors.toSet()));
        double epsilon = onlyOne(
                "batch-norm epsilon",
                blocks.stream().map(ConvolutionSettings::epsilon).collect(Collectors.toSet()));
        String name = library == WeightSource.TIMM
                        && padding == Padding.SAME
                        && !model.name().startsWith(TENSORFLOW)
                ? TENSORFLOW + model.name()
                : model.name();
        Convention convention = library.convention(name, model);
        if (convention.padding() != padding) {
            throw new InvalidInputException("The padding must be " + convention.padding() + " for " + library
                    + ", found " + padding + ": its networks would compute something else with these weights. Export by"
                    + " --names timm, whose tf_ models pad so, or --onnx, or train with symmetric padding");
        }
        return new LibraryTwin(
                name, epsilon, convention.batchNormEpsilon() == epsilon ? "" : setting(library, epsilon));
    }

    private static <T> T onlyOne(String what, Set<T> found) {
        if (found.size() != 1) {
            throw new InvalidInputException("The network must have convolution blocks with one " + what + ", found "
                    + found + ": only networks built by this program are exported");
        }
        return found.iterator().next();
    }

    private static String setting(WeightSource library, double epsilon) {
        return library == WeightSource.TIMM
                ? "bn_eps=" + epsilon
                : "norm_layer=functools.partial(torch.nn.BatchNorm2d, eps=" + epsilon + ")";
    }
}
