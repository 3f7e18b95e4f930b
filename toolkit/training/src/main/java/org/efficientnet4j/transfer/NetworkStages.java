package org.efficientnet4j.transfer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.graph.EfficientNetGraph;
import org.efficientnet4j.scaling.BlockPlan;
import org.efficientnet4j.scaling.ConvolutionPlan;
import org.efficientnet4j.scaling.LayerPlan;
import org.efficientnet4j.scaling.ScaledArchitecture;
import org.efficientnet4j.scaling.SqueezeExcitePlan;

/**
 * The stages of a network in order, as they are frozen and as their learning rates differ: the stem, the numbered stages
 * ("stage3"), and the head (all but the classifier).
 *
 * @param stages from the images on
 */
public record NetworkStages(List<Stage> stages) {
    /**
     * A stage.
     *
     * @param name how users call it
     * @param output the vertex through which everything behind the stage learns of it
     * @param layers its layers with parameters
     */
    public record Stage(String name, String output, List<LayerPlan> layers) {
        /** Copies the list. */
        public Stage {
            layers = List.copyOf(layers);
        }

        /** Weights, biases and batch-norm scales and shifts. */
        public long trainableParameters() {
            return layers.stream().mapToLong(Stage::trainableParameters).sum();
        }

        private static long trainableParameters(LayerPlan layer) {
            return layer instanceof ConvolutionPlan convolution
                    ? convolution.weights() + 2L * convolution.outChannels()
                    : ((SqueezeExcitePlan) layer).parameters();
        }

        boolean has(String layer) {
            return layers.stream().anyMatch(plan -> plan.name().equals(layer));
        }
    }

    /** Copies the list. */
    public NetworkStages {
        stages = List.copyOf(stages);
    }

    /** The stages of a network with a classifier. */
    public static NetworkStages of(ScaledArchitecture architecture) {
        List<Stage> stages = new ArrayList<>();
        String stem = architecture.stem().name();
        stages.add(new Stage(stem, stem, List.of(architecture.stem())));
        Map<Integer, List<BlockPlan>> blocks = new LinkedHashMap<>();
        architecture.blocks().forEach(block -> blocks.computeIfAbsent(block.stage(), number -> new ArrayList<>())
                .add(block));
        blocks.forEach((number, all) -> stages.add(new Stage(
                "stage" + number,
                all.get(all.size() - 1).outputName(),
                all.stream().flatMap(block -> block.layers().stream()).toList())));
        stages.add(new Stage(architecture.head().name(), EfficientNetGraph.POOLED, List.of(architecture.head())));
        return new NetworkStages(stages);
    }

    /** Their names in order. */
    public List<String> names() {
        return stages.stream().map(Stage::name).toList();
    }

    /**
     * The place of a stage, from 0.
     *
     * @param key the option that names it, for the message
     * @throws InvalidInputException for an unknown name, with those there are
     */
    public int index(String key, String name) {
        int index = names().indexOf(name);
        if (index < 0) {
            throw new InvalidInputException(
                    key + " must be one of this model's stages, " + String.join(", ", names()) + "; found " + name);
        }
        return index;
    }

    /** Trainable parameters of the first stages. */
    public long trainableParameters(int first) {
        return stages.subList(0, first).stream()
                .mapToLong(Stage::trainableParameters)
                .sum();
    }

    /** The place of the stage that a layer belongs to; behind the last one for the classifier. */
    public int indexOfLayer(String layer) {
        for (int index = 0; index < stages.size(); index++) {
            if (stages.get(index).has(layer)) {
                return index;
            }
        }
        return stages.size();
    }
}
