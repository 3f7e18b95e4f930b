package org.efficientnet4j.features;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.graph.NetworkGraph;
import org.efficientnet4j.graph.NetworkInference;
import org.efficientnet4j.graph.Subgraph;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.plan.NetworkPlan;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Runs images through a network as far as some of its layers, in inference mode (no dropout, running batch-norm
 * statistics). The layers are {@code stride2} to {@code stride32}, the last feature map of each stride before the head, and
 * {@code pooled}, what the classifier reads.
 *
 * <pre>{@code
 * FeatureExtractor extractor = new FeatureExtractor(network, model, List.of("stride16", "pooled"));
 * INDArray embeddings = extractor.extract(images).get("pooled"); // [N, 1280]
 * }</pre>
 */
public final class FeatureExtractor {
    /** The layer that the classifier reads, {@code [N, C]}. */
    public static final String POOLED = "pooled";

    private static final int MAP_RANK = 4;

    private final List<String> layers;
    private final ComputationGraph part;
    private final NetworkInference inference;

    /**
     * An extractor that shares the network's parameters; it sees training steps of the network only if it is made anew.
     *
     * @param network built from the model, by {@link NetworkGraph} or read from a model file
     * @param model what the network was built from
     * @param layers names of {@link #layers(ModelDefinition)}, at least one
     * @throws InvalidInputException for an unknown layer, with those there are
     */
    public FeatureExtractor(ComputationGraph network, ModelDefinition model, List<String> layers) {
        Map<String, String> vertices = vertices(model);
        if (layers.isEmpty()) {
            throw new InvalidInputException("Name at least one layer of " + String.join(", ", vertices.keySet()));
        }
        List<String> wanted = new ArrayList<>();
        for (String layer : layers) {
            if (!vertices.containsKey(layer)) {
                throw new InvalidInputException(
                        "A layer must be one of " + String.join(", ", vertices.keySet()) + "; found " + layer);
            }
            wanted.add(vertices.get(layer));
        }
        this.layers = List.copyOf(layers);
        this.part = Subgraph.upTo(network, wanted);
        this.inference = NetworkInference.of(part);
    }

    /** The layers of a model, by name, in order. */
    public static List<String> layers(ModelDefinition model) {
        return List.copyOf(vertices(model).keySet());
    }

    private static Map<String, String> vertices(ModelDefinition model) {
        Map<String, String> vertices = new LinkedHashMap<>();
        NetworkPlan plan = model.plan();
        plan.featureMaps().forEach((stride, vertex) -> vertices.put("stride" + stride, vertex));
        plan.pooled().ifPresent(node -> vertices.put(POOLED, node.name()));
        return vertices;
    }

    /** The layers asked for, in that order. */
    public List<String> layers() {
        return layers;
    }

    /**
     * Feature maps and features of a batch.
     *
     * @param images {@code [N, C, H, W]}, normalised, of any size from the network's stride up
     * @return by layer, in the order asked for: maps {@code [N, C, H/stride, W/stride]} (rounded up), views of
     *     channels-last memory; embeddings {@code [N, C]}
     */
    public Map<String, INDArray> extract(INDArray images) {
        INDArray[] outputs = layers.size() == 1 ? new INDArray[] {inference.output(images)} : part.output(images);
        Map<String, INDArray> features = new LinkedHashMap<>();
        for (int i = 0; i < outputs.length; i++) {
            boolean map = outputs[i].rank() == MAP_RANK;
            features.put(layers.get(i), map ? outputs[i].permute(0, 3, 1, 2) : outputs[i]);
        }
        return features;
    }
}
