package org.efficientnet4j.search.space;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.scaling.CompoundScaling;
import org.efficientnet4j.scaling.ModelCost;
import org.efficientnet4j.spec.ArchitectureSpec;
import org.efficientnet4j.spec.StageSpec;

/**
 * Costs of scaled versions of one base network. Many coefficients round to the same repeats, channels and image size:
 * each such network is counted once. Not for use by several threads.
 */
public final class CostModel {
    private final ModelDefinition base;
    private final int classes;
    private final Map<Double, Integer> depthClasses = new HashMap<>();
    private final Map<Double, Integer> widthClasses = new HashMap<>();
    private final Map<List<Integer>, Integer> repeatLists = new HashMap<>();
    private final Map<List<Integer>, Integer> channelLists = new HashMap<>();
    private final Map<Network, ModelCost> costs = new HashMap<>();

    /** Key of a cost: indices of equal repeats and equal channels, and the size. */
    private record Network(int depthClass, int widthClass, int size) {}

    /**
     * Costs of a base network's scaled versions.
     *
     * @param base the network at phi = 0, of width and depth 1
     * @param classes outputs of the classifier, at least 1
     * @throws InvalidInputException for a base that is itself scaled, or no classes
     */
    public CostModel(ModelDefinition base, int classes) {
        CompoundScaling scaling = base.scaling();
        if (scaling.width() != 1 || scaling.depth() != 1) {
            throw new InvalidInputException("The base of a scaling search must not be scaled itself; " + base.name()
                    + " has width " + scaling.width() + " and depth " + scaling.depth()
                    + ": take its base network, e.g. efficientnet_b0");
        }
        if (classes < 1) {
            throw new InvalidInputException("classes must be at least 1, found " + classes);
        }
        this.base = base;
        this.classes = classes;
    }

    /** The base network scaled by the coefficients, at its evaluation size. */
    public CostedCoefficients cost(Coefficients coefficients, double phi) {
        CompoundScaling scaling = coefficients.scaling(phi);
        int size = scaling.size(base.evalSize());
        Network network = new Network(
                depthClasses.computeIfAbsent(scaling.depth(), depth -> indexOf(repeatLists, repeats(scaling))),
                widthClasses.computeIfAbsent(scaling.width(), width -> indexOf(channelLists, channels(width))),
                size);
        ModelCost cost = costs.computeIfAbsent(
                network, any -> base.scaledBy(base.name(), scaling).cost(classes));
        return new CostedCoefficients(coefficients, phi, size, cost);
    }

    ModelDefinition base() {
        return base;
    }

    int classes() {
        return classes;
    }

    /** The number of different networks counted so far. */
    public int distinctNetworks() {
        return costs.size();
    }

    private List<Integer> repeats(CompoundScaling scaling) {
        return base.spec().stages().stream()
                .map(stage -> scaling.repeats(stage.repeats()))
                .toList();
    }

    private List<Integer> channels(double width) {
        ArchitectureSpec spec = base.spec();
        List<Integer> channels = new ArrayList<>();
        channels.add(base.rounding().round(spec.stemChannels(), width));
        for (StageSpec stage : spec.stages()) {
            channels.add(base.rounding().round(stage.outChannels(), width));
        }
        channels.add(base.rounding().round(spec.headChannels(), width));
        return channels;
    }

    private static int indexOf(Map<List<Integer>, Integer> known, List<Integer> list) {
        known.putIfAbsent(list, known.size());
        return known.get(list);
    }
}
