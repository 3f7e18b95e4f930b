package org.efficientnet4j.explain;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.plan.NetworkPlan;
import org.efficientnet4j.plan.Node;
import org.efficientnet4j.plan.Operation;

/** The feature maps of a model that can be explained, by name: {@code stride2} to {@code stride32} and {@code last}. */
public final class ExplainedLayers {
    /** The last feature map, which the head pools or flattens: the one that Grad-CAM's authors use. */
    public static final String LAST = "last";

    private ExplainedLayers() {}

    /** The names, in order. */
    public static List<String> names(ModelDefinition model) {
        return List.copyOf(vertices(model).keySet());
    }

    /**
     * The vertex of a layer.
     *
     * @throws InvalidInputException for an unknown layer, with those there are
     */
    public static String vertex(ModelDefinition model, String layer) {
        Map<String, String> vertices = vertices(model);
        if (!vertices.containsKey(layer)) {
            throw new InvalidInputException("A layer must be one of " + String.join(", ", names(model)) + " for "
                    + model.name() + ", found " + layer);
        }
        return vertices.get(layer);
    }

    private static Map<String, String> vertices(ModelDefinition model) {
        Map<String, String> vertices = new LinkedHashMap<>();
        NetworkPlan plan = model.plan();
        plan.featureMaps().forEach((stride, vertex) -> vertices.put("stride" + stride, vertex));
        plan.nodes().stream()
                .filter(ExplainedLayers::endsMaps)
                .findFirst()
                .ifPresent(node -> vertices.put(LAST, node.input()));
        return vertices;
    }

    private static boolean endsMaps(Node node) {
        return node.operation() instanceof Operation.GlobalAveragePooling
                || node.operation() instanceof Operation.AdaptiveAveragePooling
                || node.operation() instanceof Operation.Flatten;
    }
}
