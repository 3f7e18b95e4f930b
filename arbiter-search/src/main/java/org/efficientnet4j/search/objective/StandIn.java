package org.efficientnet4j.search.objective;

import java.util.Map;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.plan.Node;
import org.efficientnet4j.plan.PlanSettings;
import org.efficientnet4j.plan.Shape;

/**
 * The network that is trained in the place of a trial's, and its cost beside the whole network's.
 *
 * @param model the network, its size included
 * @param macs its multiply-accumulates for one image and {@link #CLASSES} classes
 * @param map height and width of its last feature map
 * @param macsRatio its MACs over those of the base network's stand-in
 * @param wholeRatio the whole network's MACs over the base network's
 */
public record StandIn(ModelDefinition model, long macs, int map, double macsRatio, double wholeRatio) {
    /** Classifier outputs in a stand-in's cost, whatever the data has: the classifier is no part of what is compared. */
    public static final int CLASSES = 10;

    /** Image height and width, in pixels. */
    public int size() {
        return model.trainSize();
    }

    static long macs(ModelDefinition model) {
        return model.cost(CLASSES).macs();
    }

    /** The side of the map that global pooling reads. */
    static int lastMap(ModelDefinition model) {
        Map<String, Shape> shapes =
                model.plan(PlanSettings.classes(CLASSES)).shapes(model.trainSize(), model.trainSize());
        int last = model.trainSize();
        for (Node node : model.plan(PlanSettings.classes(CLASSES)).nodes()) {
            Shape shape = shapes.get(node.name());
            if (shape != null && !shape.vector()) {
                last = Math.max(shape.height(), 1);
            }
        }
        return last;
    }
}
