package org.efficientnet4j.kernels.onednn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.kernels.InferenceStep;
import org.efficientnet4j.kernels.InferenceStep.Classifier;
import org.efficientnet4j.kernels.InferenceStep.Convolution;
import org.efficientnet4j.kernels.InferenceStep.Pooling;
import org.efficientnet4j.kernels.InferenceStep.Residual;
import org.efficientnet4j.kernels.InferenceStep.SqueezeExcite;
import org.efficientnet4j.kernels.memory.NativeArena;
import org.efficientnet4j.plan.Activation;

/** Finds the units in a network's steps. */
final class UnitParser {
    private final List<InferenceStep> steps;
    private final Set<Integer> shortcuts;
    private final NativeArena memory = new NativeArena();
    private final List<FoldedConvolution> convolutions = new ArrayList<>();
    private final List<UnitPlan> units = new ArrayList<>();
    private int at;

    private UnitParser(List<InferenceStep> steps) {
        this.steps = steps;
        this.shortcuts = steps.stream()
                .filter(Residual.class::isInstance)
                .map(step -> ((Residual) step).shortcut())
                .collect(Collectors.toSet());
    }

    /**
     * A network's units.
     *
     * @param convolutions all of theirs
     * @param memory of their weights
     * @param classifier behind the last unit
     */
    record Parsed(
            List<UnitPlan> units,
            List<FoldedConvolution> convolutions,
            NativeArena memory,
            Optional<Classifier> classifier)
            implements AutoCloseable {
        @Override
        public void close() {
            convolutions.forEach(FoldedConvolution::close);
            memory.close();
        }
    }

    /** The units, or nothing where the steps are not made of EfficientNets' blocks. */
    static Optional<Parsed> parse(List<InferenceStep> steps) {
        UnitParser parser = new UnitParser(steps);
        while (parser.at < steps.size() && parser.parseUnit()) {
            // Each call goes on behind the unit it found.
        }
        Optional<Classifier> classifier = parser.take(Classifier.class, any -> true);
        if (parser.at < steps.size() || parser.units.isEmpty()) {
            parser.memory.close();
            return Optional.empty();
        }
        return Optional.of(
                new Parsed(List.copyOf(parser.units), List.copyOf(parser.convolutions), parser.memory, classifier));
    }

    private boolean parseUnit() {
        int start = at;
        Optional<Pooling> pooling = take(Pooling.class, any -> true);
        if (pooling.isPresent()) {
            return units.add(new UnitPlan.Pooled(pooling.get().channels()));
        }
        Optional<UnitPlan> found = mobile(start).or(() -> fused(start));
        found.ifPresent(units::add);
        return found.isPresent();
    }

    private Optional<UnitPlan> mobile(int start) {
        at = start;
        Optional<Convolution> first = shortcuts.contains(start)
                ? Optional.empty()
                : take(Convolution.class, step -> !step.settings().depthwise());
        Optional<Convolution> depthwise =
                take(Convolution.class, step -> step.settings().depthwise());
        Optional<SqueezeExcite> gate = take(SqueezeExcite.class, any -> true);
        Optional<Convolution> project = take(Convolution.class, step -> projects(step.settings()));
        if (depthwise.isEmpty() || project.isEmpty() || isReadInside(start)) {
            return Optional.empty();
        }
        return Optional.of(new UnitPlan.Mobile(
                first.map(this::folded), folded(depthwise.get()), gate, folded(project.get()), residual(start)));
    }

    private Optional<UnitPlan> fused(int start) {
        at = start;
        Optional<Convolution> first = take(Convolution.class, any -> true);
        if (first.isEmpty()) {
            return Optional.empty();
        }
        Optional<Convolution> second = shortcuts.contains(start)
                ? Optional.empty()
                : take(Convolution.class, step -> projects(step.settings()));
        Convolution last = second.orElse(first.get());
        Optional<FoldedConvolution> before = second.map(any -> folded(first.get()));
        return Optional.of(new UnitPlan.Fused(before, folded(last), residual(start)));
    }

    private static boolean projects(ConvolutionSettings settings) {
        return settings.pointwise() && settings.stride() == 1 && settings.activation() == Activation.NONE;
    }

    /** Whether a later step adds something that would no longer exist. */
    private boolean isReadInside(int start) {
        return shortcuts.stream().anyMatch(step -> step >= start && step < at - 1);
    }

    private boolean residual(int start) {
        return take(Residual.class, step -> step.shortcut() == start - 1).isPresent();
    }

    private <T extends InferenceStep> Optional<T> take(Class<T> kind, Predicate<T> wanted) {
        Optional<T> found = at < steps.size() && kind.isInstance(steps.get(at))
                ? Optional.of(kind.cast(steps.get(at))).filter(wanted)
                : Optional.empty();
        if (found.isPresent()) {
            at++;
        }
        return found;
    }

    private FoldedConvolution folded(Convolution step) {
        FoldedConvolution folded = new FoldedConvolution(step, memory);
        convolutions.add(folded);
        return folded;
    }
}
