package org.efficientnet4j.weights;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.graph.layers.ConvolutionBlock;
import org.efficientnet4j.kernels.BatchNorm;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.models.Convention;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.plan.Padding;
import org.efficientnet4j.weights.names.WeightSource;

/**
 * Another library's network that computes what one of ours does with the same weights.
 *
 * @param name as the library calls it
 * @param epsilon added to variances by our network; empty without batch norm
 * @param setting what to set when the library's network is made; empty where its own epsilon is the same
 */
public record LibraryTwin(String name, Optional<Double> epsilon, String setting) {
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
        // Paddings by pixels are the family's, in every library.
        Optional<Padding> padding = onlyOne(
                "padding",
                blocks.stream().map(ConvolutionSettings::padding).filter(found -> found.kind() != Padding.Kind.FIXED));
        Optional<Double> epsilon = onlyOne(
                "batch-norm epsilon",
                blocks.stream().flatMap(block -> block.batchNorm().stream()).map(BatchNorm::epsilon));
        boolean tensorFlow = library == WeightSource.TIMM
                && padding.filter(Padding.SAME::equals).isPresent()
                && !model.name().startsWith(TENSORFLOW);
        String name = tensorFlow ? TENSORFLOW + model.name() : model.name();
        Convention convention = library.convention(name, model);
        if (padding.isPresent() && !padding.get().equals(convention.padding())) {
            throw new InvalidInputException("The padding must be " + convention.padding() + " for " + library
                    + ", found " + padding.get() + ": its networks would compute something else with these weights."
                    + " Export by --names timm, whose tf_ models pad so, or --onnx, or train with symmetric padding");
        }
        boolean same =
                epsilon.isEmpty() || epsilon.get() == convention.batchNorm().epsilon();
        return new LibraryTwin(name, epsilon, same ? "" : setting(library, epsilon.get()));
    }

    private static <T> Optional<T> onlyOne(String what, Stream<T> values) {
        Set<T> found = values.collect(Collectors.toSet());
        if (found.size() > 1) {
            throw new InvalidInputException("The network must have convolution blocks with one " + what + ", found "
                    + found + ": only networks built by this program are exported");
        }
        return found.stream().findFirst();
    }

    private static String setting(WeightSource library, double epsilon) {
        return switch (library) {
            case TIMM -> "bn_eps=" + epsilon;
            case EFFICIENTNET_PYTORCH -> "batch_norm_epsilon=" + epsilon;
            case TORCHVISION, KERAS -> "norm_layer=functools.partial(torch.nn.BatchNorm2d, eps=" + epsilon + ")";
        };
    }
}
