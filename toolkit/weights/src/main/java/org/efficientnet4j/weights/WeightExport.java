package org.efficientnet4j.weights;

import java.nio.file.Path;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.plan.NetworkPlan;
import org.efficientnet4j.plan.Node;
import org.efficientnet4j.plan.PlanSettings;
import org.efficientnet4j.weights.names.TensorBinding;
import org.efficientnet4j.weights.names.WeightSource;
import org.efficientnet4j.weights.safetensors.SafetensorsWriter;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Writes a network's weights under another library's names, to be loaded there with {@code strict=True}, where that library
 * has a network of the same padding; {@link LibraryTwin} says which, and what to set.
 */
public final class WeightExport {
    private WeightExport() {}

    /**
     * Writes a safetensors file.
     *
     * @param network built by {@link org.efficientnet4j.graph.NetworkGraph} from {@code model}, with a classifier
     * @param names whose names to use; not Keras's, which reads no such files
     * @return the library's network that computes the same
     * @throws InvalidInputException if the network is another one, the library has none that computes the same, a weight is
     *     not a finite number, or the file cannot be written
     */
    public static LibraryTwin write(ComputationGraph network, ModelDefinition model, WeightSource names, Path file) {
        if (names == WeightSource.KERAS) {
            throw new InvalidInputException(
                    "Keras reads no safetensors files: write them by torchvision's or timm's names, found " + names);
        }
        LibraryTwin twin = LibraryTwin.of(network, model, names);
        SoundWeights.requireIn(network);
        INDArray bias = parameter(network, "classifier_b", model);
        NetworkPlan plan = model.plan(
                PlanSettings.classes(Math.toIntExact(bias.length())).withInputChannels(channels(network, model)));
        SafetensorsWriter writer = new SafetensorsWriter();
        for (TensorBinding binding : names.names(model).bindings(plan)) {
            INDArray values = parameter(network, binding.parameter(), model);
            writer.add(
                    binding.name(),
                    binding.shape(),
                    () -> binding.toTheirs(values.dup('c').data().asFloat()));
        }
        writer.write(file, Map.of("format", "pt"));
        return twin;
    }

    /** The channels of the network's images, by its first convolution {@code [O, C, k, k]}. */
    private static int channels(ComputationGraph network, ModelDefinition model) {
        Node first = model.plan().readers(NetworkPlan.INPUT).get(0);
        return Math.toIntExact(parameter(network, first.name() + "_W", model).size(1));
    }

    private static INDArray parameter(ComputationGraph network, String key, ModelDefinition model) {
        INDArray values = network.paramTable().get(key);
        if (values == null) {
            throw new InvalidInputException("The network has no parameter " + key + ", so it is not a " + model.name()
                    + " with a classifier: name the model it was built from");
        }
        return values;
    }
}
