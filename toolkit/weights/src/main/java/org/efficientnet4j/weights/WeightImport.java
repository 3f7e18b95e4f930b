package org.efficientnet4j.weights;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.Normalization;
import org.efficientnet4j.core.Numbers;
import org.efficientnet4j.graph.GraphOptions;
import org.efficientnet4j.graph.NetworkGraph;
import org.efficientnet4j.models.Convention;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.plan.PlanSettings;
import org.efficientnet4j.weights.names.NameMap;
import org.efficientnet4j.weights.names.TensorBinding;
import org.efficientnet4j.weights.names.WeightSource;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Builds a network from another library's weights. Every tensor is accounted for: one that the network has no place for, one
 * it misses and one of another shape each stop the import, all of them named. Auxiliary heads, which only training has, are
 * known by their names and shapes and passed over.
 */
public final class WeightImport {
    private static final Set<String> CLASSIFIER = Set.of("classifier_W", "classifier_b");

    private final String name;
    private final ModelDefinition model;
    private final WeightSource source;

    /**
     * An import of a model's weights.
     *
     * @param name as the library calls the model, e.g. {@code tf_efficientnet_b0}
     * @param model the network
     * @param source the library
     */
    public WeightImport(String name, ModelDefinition model, WeightSource source) {
        this.name = name;
        this.model = model;
        this.source = source;
    }

    /** The model. */
    public ModelDefinition model() {
        return model;
    }

    /** The library. */
    public WeightSource source() {
        return source;
    }

    /** Differences of the library's version of the network. */
    public Convention convention() {
        return source.convention(name, model);
    }

    /** Normalisation of the file: its own statement, or else the library's convention. */
    public Normalization normalization(TensorFile file) {
        return source.normalization(names(file), tensor -> soundStatistics(file, tensor))
                .orElseGet(() -> convention().normalization());
    }

    private static float[] soundStatistics(TensorFile file, String tensor) {
        float[] values = file.read(tensor);
        SoundWeights.require(tensor, tensor.replaceFirst("/variance$", "_var"), values);
        return values;
    }

    private static List<String> names(TensorFile file) {
        return file.tensors().stream().map(TensorInfo::name).toList();
    }

    /**
     * How many classes a file's classifier has.
     *
     * @throws InvalidInputException if it has none by the library's names
     */
    public int classesOf(TensorFile file) {
        List<TensorBinding> bindings = source.names(model, names(file)).bindings(model.plan());
        String bias = bindings.get(bindings.size() - 1).name();
        TensorInfo found = file.find(bias)
                .filter(tensor -> tensor.shape().size() == 1 && tensor.shape().get(0) >= 1)
                .orElseThrow(() ->
                        new InvalidInputException("The file has no classifier named " + bias + ", so it is not a whole "
                                + name + " by " + source
                                + "'s names: check --source and the model. A backbone alone can start a"
                                + " training (train --init)"));
        return Math.toIntExact(found.shape().get(0));
    }

    /** Options for a graph that computes what the library's does; to be completed. */
    public GraphOptions.Builder options(int classes) {
        Convention convention = convention();
        return GraphOptions.builder(model)
                .classes(classes)
                .padding(convention.padding())
                .batchNormEpsilon(convention.batchNorm().epsilon())
                .batchNormDecay(convention.batchNorm().decay());
    }

    /**
     * Reads the weights into a new network.
     *
     * @param options made of {@link #options}
     * @throws InvalidInputException naming every tensor that does not fit
     */
    public ComputationGraph read(TensorFile file, GraphOptions options) {
        return read(file, options, Set.of());
    }

    /**
     * Reads all weights but the classifier's, which stay as drawn; the file may have others, or none as Keras's
     * {@code notop} files.
     *
     * @param options made of {@link #options} for any number of classes
     * @throws InvalidInputException naming every tensor that does not fit
     */
    public ComputationGraph readBackbone(TensorFile file, GraphOptions options) {
        return read(file, options, CLASSIFIER);
    }

    private ComputationGraph read(TensorFile file, GraphOptions options, Set<String> leftOut) {
        NameMap map = source.names(model, names(file));
        List<TensorBinding> bindings = map.bindings(model.plan(PlanSettings.classes(options.classes())));
        List<TensorBinding> wanted = bindings.stream()
                .filter(binding -> !leftOut.contains(binding.parameter()))
                .toList();
        Map<String, TensorInfo> found = new LinkedHashMap<>();
        file.tensors().forEach(tensor -> found.put(tensor.name(), tensor));
        found.keySet().removeIf(map::isBookkeeping);
        bindings.stream()
                .filter(binding -> leftOut.contains(binding.parameter()))
                .forEach(binding -> found.remove(binding.name()));
        AuxiliaryHeads heads = AuxiliaryHeads.of(model, map, options.classes());
        found.values().removeIf(tensor -> heads.hold(tensor, !leftOut.isEmpty()));
        requireFit(wanted, found);
        ComputationGraph network = NetworkGraph.create(model, options);
        for (TensorBinding binding : wanted) {
            long[] shape = network.getParam(binding.parameter()).shape();
            float[] theirs = file.read(binding.name());
            SoundWeights.require(binding.name(), binding.parameter(), theirs);
            float[] values = binding.toOurs(theirs);
            network.setParam(
                    binding.parameter(), Nd4j.create(values, shape, 'c').castTo(options.dataType()));
        }
        return network;
    }

    private void requireFit(List<TensorBinding> bindings, Map<String, TensorInfo> found) {
        Map<String, TensorInfo> left = new LinkedHashMap<>(found);
        List<String> problems = new ArrayList<>();
        for (TensorBinding binding : bindings) {
            TensorInfo tensor = left.remove(binding.name());
            if (tensor == null) {
                problems.add(
                        "missing: " + binding.name() + " " + binding.shape() + " (for " + binding.parameter() + ")");
            } else if (!tensor.shape().equals(binding.shape())) {
                problems.add("misshapen: " + binding.name() + " is " + tensor.shape() + ", and " + binding.parameter()
                        + " needs " + binding.shape());
            }
        }
        left.forEach((tensor, info) -> problems.add(
                "unmatched: " + tensor + " " + info.shape() + " (" + model.name() + " has no such parameter)"));
        if (!problems.isEmpty()) {
            throw new InvalidInputException(Numbers.counted(problems.size(), "tensor")
                    + (problems.size() == 1 ? " does" : " do") + " not fit " + name + " by " + source
                    + "'s names; check the model, --source and --classes:\n  " + String.join("\n  ", problems));
        }
    }
}
