package org.efficientnet4j.kernels.onednn.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.kernels.InferenceStep;
import org.efficientnet4j.kernels.InferenceStep.Classifier;
import org.efficientnet4j.kernels.InferenceStep.Convolution;
import org.efficientnet4j.kernels.InferenceStep.Pooling;
import org.efficientnet4j.kernels.InferenceStep.Residual;
import org.efficientnet4j.kernels.InferenceStep.SqueezeExcite;
import org.efficientnet4j.kernels.InferenceStep.WindowPooling;
import org.efficientnet4j.kernels.memory.NativeArena;
import org.efficientnet4j.plan.Activation;
import org.efficientnet4j.plan.Padding;

/** Finds the units in a network's steps. */
public final class UnitParser {
    private final List<InferenceStep> steps;
    private final NativeArena memory = new NativeArena();
    private final List<FoldedConvolution> convolutions = new ArrayList<>();
    private final List<UnitSteps> units = new ArrayList<>();
    private int at;

    private UnitParser(List<InferenceStep> steps) {
        this.steps = steps;
    }

    /**
     * A network's units.
     *
     * @param convolutions all of theirs
     * @param memory of their weights
     * @param classifier behind the last unit
     */
    record Parsed(
            List<UnitSteps> units,
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

    /** The units, or nothing where the steps are not made of blocks that are known here. */
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
        Optional<UnitSteps> found = pooling(start)
                .or(() -> mobile(start))
                .or(() -> fused(start, true))
                .or(() -> residualBlock(start))
                .or(() -> fused(start, false));
        found.ifPresent(units::add);
        return found.isPresent();
    }

    private Optional<UnitSteps> pooling(int start) {
        at = start;
        Optional<UnitSteps> global =
                take(Pooling.class, any -> true).map(step -> new UnitSteps.Pooled(step.channels()));
        return global.or(() -> take(WindowPooling.class, any -> true)
                        .map(step -> new UnitSteps.Windowed(step.settings(), step.channels())))
                .filter(unit -> isClosed());
    }

    /** Expansion, depthwise convolution, squeeze-excite, projection. */
    private Optional<UnitSteps> mobile(int start) {
        at = start;
        Optional<Convolution> first =
                take(Convolution.class, step -> !step.settings().depthwise());
        Optional<Convolution> depthwise =
                take(Convolution.class, step -> step.settings().depthwise());
        Optional<SqueezeExcite> gate = take(SqueezeExcite.class, any -> true);
        Optional<Convolution> project = take(Convolution.class, step -> projects(step.settings()));
        if (depthwise.isEmpty() || project.isEmpty()) {
            return Optional.empty();
        }
        Optional<Sum> sum = sum(start);
        return block(first, depthwise.get(), gate, project.get(), sum);
    }

    /** A residual network's block of two or three convolutions. */
    private Optional<UnitSteps> residualBlock(int start) {
        at = start;
        List<Convolution> branch = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            take(Convolution.class, any -> true).ifPresent(branch::add);
        }
        if (branch.size() < 2) {
            return Optional.empty();
        }
        int last = branch.size() - 1;
        Optional<Sum> sum = sum(start);
        if (sum.isEmpty() || !keepsSize(branch.get(last).settings())) {
            return Optional.empty();
        }
        return block(
                last == 2 ? Optional.of(branch.get(0)) : Optional.empty(),
                branch.get(last - 1),
                Optional.empty(),
                branch.get(last),
                sum);
    }

    private Optional<UnitSteps> block(
            Optional<Convolution> first,
            Convolution middle,
            Optional<SqueezeExcite> gate,
            Convolution last,
            Optional<Sum> sum) {
        if (!isClosed()) {
            return Optional.empty();
        }
        Optional<UnitSteps.Shortcut> shortcut =
                sum.map(found -> new UnitSteps.Shortcut(found.projection().map(this::folded), found.activation()));
        return Optional.of(new UnitSteps.Block(first.map(this::folded), folded(middle), gate, folded(last), shortcut));
    }

    /** One convolution, or two of which the second projects, and a plain residual. */
    private Optional<UnitSteps> fused(int start, boolean two) {
        at = start;
        Optional<Convolution> first = take(Convolution.class, any -> true);
        Optional<Convolution> second =
                two ? take(Convolution.class, step -> projects(step.settings())) : Optional.empty();
        if (first.isEmpty() || (two && second.isEmpty())) {
            return Optional.empty();
        }
        boolean residual = take(
                        Residual.class, step -> step.shortcut() == start - 1 && step.activation() == Activation.NONE)
                .isPresent();
        if (!isClosed()) {
            return Optional.empty();
        }
        Optional<FoldedConvolution> before = second.map(any -> folded(first.get()));
        return Optional.of(new UnitSteps.Fused(before, folded(second.orElse(first.get())), residual));
    }

    private static boolean projects(ConvolutionSettings settings) {
        return settings.pointwise() && settings.stride() == 1 && settings.activation() == Activation.NONE;
    }

    /** True of convolutions whose output has the size of their input, and that leave the activation to the sum. */
    private static boolean keepsSize(ConvolutionSettings settings) {
        int centre = (settings.kernel() - 1) / 2;
        boolean same = settings.padding().equals(Padding.SAME) || settings.padBefore(settings.kernel()) == centre;
        return settings.stride() == 1 && settings.kernel() % 2 == 1 && same && settings.activation() == Activation.NONE;
    }

    /** The sum behind a branch that starts at a step: with the branch's input, or with a convolution of it. */
    private Optional<Sum> sum(int start) {
        int branch = at - 1;
        Optional<Convolution> projection = Optional.empty();
        if (at < steps.size()
                && steps.get(at) instanceof Convolution convolution
                && convolution.source() == start - 1
                && !RowConvolution.leavesActivation(convolution.settings())) {
            projection = Optional.of(convolution);
        }
        int place = projection.isPresent() ? at + 1 : at;
        int shortcut = projection.isPresent() ? at : start - 1;
        if (place < steps.size()
                && steps.get(place) instanceof Residual residual
                && residual.branch() == branch
                && residual.shortcut() == shortcut
                && residual.activation() != Activation.SWISH) {
            at = place + 1;
            return Optional.of(new Sum(projection, residual.activation()));
        }
        return Optional.empty();
    }

    private record Sum(Optional<Convolution> projection, Activation activation) {}

    /** True where no step behind the unit reads what the unit alone has: its input or what lies within it. */
    private boolean isClosed() {
        return steps.subList(at, steps.size()).stream()
                .flatMap(step -> step.sources().stream())
                .noneMatch(source -> source < at - 1);
    }

    /** Takes the next step if it is of a kind and reads the one before it. */
    private <T extends InferenceStep> Optional<T> take(Class<T> kind, Predicate<T> wanted) {
        Optional<T> found = at < steps.size()
                        && kind.isInstance(steps.get(at))
                        && steps.get(at).sources().get(0) == at - 1
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
