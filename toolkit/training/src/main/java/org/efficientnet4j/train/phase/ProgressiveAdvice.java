package org.efficientnet4j.train.phase;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.train.options.DataOptions;
import org.efficientnet4j.train.options.TrainingOptions;
import org.efficientnet4j.train.progressive.ProgressivePhase;
import org.efficientnet4j.train.progressive.ProgressiveRange;

/**
 * Advice on the image sizes of a progressive run. At the network's stride nothing but 1 x 1 pixels reaches the classifier,
 * and a size between two multiples of the stride costs nearly as much as the larger one; docs/progressive-learning.md has
 * the measurements.
 */
public final class ProgressiveAdvice {
    private ProgressiveAdvice() {}

    public static List<String> on(TrainingOptions options, ModelDefinition model) {
        List<ProgressivePhase> phases = options.phases().phases();
        int stride = model.plan().stride();
        if (phases.size() < 2
                || ProgressiveRange.isPublished(
                        model, phases.get(phases.size() - 1).size())) {
            return List.of();
        }
        List<String> advice = new ArrayList<>();
        int first = phases.get(0).size();
        if (first < 2 * stride) {
            advice.add("A progressive run learns little below twice the network's stride, " + 2 * stride
                    + " px, found a first size of " + first + " px: choose a larger first size (--min-size)"
                    + (options.get(DataOptions.SIZE) < 2 * stride ? " and --size" : ""));
        }
        String between = phases.stream()
                .map(ProgressivePhase::size)
                .filter(size -> size % stride != 0)
                .distinct()
                .map(String::valueOf)
                .collect(Collectors.joining(", "));
        if (!between.isEmpty()) {
            advice.add("Sizes between multiples of the network's stride, " + stride
                    + " px, cost nearly as much as the next multiple, found " + between
                    + " px: choose multiples (--size, --min-size, --size-multiple " + stride + ")");
        }
        return advice;
    }
}
