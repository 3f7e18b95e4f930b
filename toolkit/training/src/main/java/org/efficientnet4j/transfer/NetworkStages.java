package org.efficientnet4j.transfer;

import java.util.List;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.plan.NetworkPlan;
import org.efficientnet4j.plan.Section;
import org.efficientnet4j.plan.Section.Kind;

/**
 * The stages of a network in order, as they are frozen and as their learning rates differ: the stem, the numbered stages
 * ("stage3"), and the head (all but the classifier).
 *
 * @param stages from the images on
 */
public record NetworkStages(List<Section> stages) {
    /** Copies the list. */
    public NetworkStages {
        stages = List.copyOf(stages);
    }

    /** The stages of a network with a classifier. */
    public static NetworkStages of(NetworkPlan plan) {
        return new NetworkStages(plan.sections().stream()
                .filter(section -> section.makesMaps() || section.kind() == Kind.HEAD)
                .toList());
    }

    /** Their names in order. */
    public List<String> names() {
        return stages.stream().map(Section::name).toList();
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
                .mapToLong(Section::trainableParameters)
                .sum();
    }

    /** The place of the stage that a layer belongs to; behind the last one for the classifier. */
    public int indexOfLayer(String layer) {
        for (int index = 0; index < stages.size(); index++) {
            if (stages.get(index).nodes().stream().anyMatch(node -> node.name().equals(layer))) {
                return index;
            }
        }
        return stages.size();
    }
}
