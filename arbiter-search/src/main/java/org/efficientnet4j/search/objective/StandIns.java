package org.efficientnet4j.search.objective;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.models.Architecture;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.scaling.CompoundScaling;
import org.efficientnet4j.scaling.ModelCost;
import org.efficientnet4j.scaling.StagedNetwork;
import org.efficientnet4j.search.space.Choice;
import org.efficientnet4j.spec.ArchitectureSpec;
import org.efficientnet4j.spec.FusedMBConvStage;
import org.efficientnet4j.spec.MBConvStage;
import org.efficientnet4j.spec.StageSpec;

/**
 * The stand-ins of one search's choices. Choices of equal whole networks share theirs, which is made once. Not for use by
 * several threads.
 */
public final class StandIns {
    /** The farthest a matched size may lie from the proportional one, as a share. */
    private static final double FARTHEST = 0.15;

    private static final int REFINEMENTS = 12;
    private static final double MATCHED_ENOUGH = 2e-3;
    private static final double STEADY = 0.5;

    private final ProxySettings settings;
    private final ModelDefinition base;
    private final Map<Key, ModelDefinition> made = new HashMap<>();
    private final Map<Integer, Long> wholeBases = new HashMap<>();
    private long baseMacs;

    /** Equal for choices of equal whole networks and proportional sizes. */
    private record Key(ModelCost cost, int size, int proportional, Object blocks) {}

    /** Stand-ins by a search's settings for versions of its base network. */
    public StandIns(ProxySettings settings, ModelDefinition base) {
        this.settings = settings;
        this.base = base;
    }

    /**
     * The network that is trained in a choice's place.
     *
     * @throws InvalidInputException if its images are smaller than its stride, or the stride is none the network can have
     */
    public ModelDefinition model(Choice choice) {
        Key key = new Key(choice.cost(), choice.size(), proportionalSize(choice), choice.label());
        if (settings.fit().equals(ProxyFit.PROPORTIONAL)) {
            return proportional(choice.model(base), key.proportional());
        }
        Key shared = choice.resolution() == 1 ? key : new Key(key.cost(), key.size(), key.proportional(), "");
        ModelDefinition known = made.get(shared);
        if (known == null) {
            known = make(choice, key.proportional());
            made.put(shared, known);
        }
        return known;
    }

    /**
     * A choice's stand-in with its cost.
     *
     * @param classes classifier outputs in the whole networks' costs
     */
    public StandIn of(Choice choice, int classes) {
        ModelDefinition model = model(choice);
        long macs = StandIn.macs(model);
        return new StandIn(
                model,
                macs,
                StandIn.lastMap(model),
                (double) macs / baseMacs(),
                (double) choice.cost().macs() / wholeBase(classes));
    }

    /** The base network's stand-in, to which the others' costs are compared. */
    public ModelDefinition ofBase() {
        return settings.fit().equals(ProxyFit.PROPORTIONAL)
                ? proportional(base, settings.size())
                : shaped(base, settings.size(), 1);
    }

    private long baseMacs() {
        if (baseMacs == 0) {
            baseMacs = StandIn.macs(ofBase());
        }
        return baseMacs;
    }

    private long wholeBase(int classes) {
        return wholeBases.computeIfAbsent(classes, count -> base.cost(count).macs());
    }

    private int proportionalSize(Choice choice) {
        return Math.max(1, (int) Math.round(choice.resolution() * settings.size()));
    }

    private ModelDefinition make(Choice choice, int size) {
        ModelDefinition whole = choice.model(base);
        if (settings.fit().sizing() == ProxyFit.Sizing.proportional) {
            return shaped(whole, size, 1);
        }
        shaped(whole, size, 1); // refuses too small a size under the user's own number
        double ratio = (double) whole.cost(StandIn.CLASSES).macs()
                / base.cost(StandIn.CLASSES).macs();
        double target = ratio * baseMacs();
        int best = closestSize(whole, size, target);
        return matched(whole, best, target);
    }

    /** The size that needs the least change of size and width together: width enters MACs about as its square. */
    private int closestSize(ModelDefinition whole, int size, double target) {
        int best = size;
        double least = Double.POSITIVE_INFINITY;
        int most = Math.max(1, (int) Math.ceil(size * FARTHEST));
        for (int step = 0; step <= 2 * most; step++) {
            int candidate = size + (step % 2 == 0 ? step / 2 : -(step + 1) / 2);
            double moved = Math.abs(Math.log((double) candidate / size));
            if (candidate < whole.trainSize() && candidate >= stride(whole) && moved < least) {
                double change = moved + Math.abs(Math.log(target / StandIn.macs(shaped(whole, candidate, 1)))) / 2;
                if (change < least) {
                    least = change;
                    best = candidate;
                }
            }
        }
        return best;
    }

    /** Channels times the factor that brings the MACs nearest to the target. */
    private ModelDefinition matched(ModelDefinition whole, int size, double target) {
        double factor = 1;
        ModelDefinition nearest = shaped(whole, size, factor);
        double error = Double.POSITIVE_INFINITY;
        for (int i = 0; i < REFINEMENTS && error > MATCHED_ENOUGH; i++) {
            ModelDefinition model = shaped(whole, size, factor);
            double off = Math.log(target / StandIn.macs(model));
            if (Math.abs(off) < error) {
                error = Math.abs(off);
                nearest = model;
            }
            factor *= Math.exp(off * STEADY);
        }
        return nearest;
    }

    /** The network of earlier studies: the proxy's width multiplies the channel multiplier. */
    private ModelDefinition proportional(ModelDefinition whole, int imageSize) {
        requireSize(imageSize, whole.spec().stride());
        return new ModelDefinition(
                whole.name() + "_proxy",
                whole.spec(),
                new CompoundScaling(
                        whole.scaling().width() * settings.width(),
                        whole.scaling().depth(),
                        1),
                whole.rounding(),
                imageSize,
                imageSize,
                0,
                whole.normalization());
    }

    /** The whole network's channels times the proxy's width and a factor, under the proxy's stride. */
    private ModelDefinition shaped(ModelDefinition whole, int imageSize, double factor) {
        StagedNetwork network = whole.staged();
        ArchitectureSpec spec = network.spec();
        requireSize(imageSize, stride(whole));
        int[] strides = strides(spec);
        List<StageSpec> stages = new ArrayList<>();
        for (int i = 0; i < strides.length; i++) {
            StageSpec stage = spec.stages().get(i);
            int channels = whole.rounding()
                    .round(stage.outChannels(), network.scaling().width());
            stages.add(with(stage, strides[i], scaled(channels, factor)));
        }
        double endWidth = network.fixedEnds() ? 1 : network.scaling().width();
        ArchitectureSpec shaped = new ArchitectureSpec(
                scaled(whole.rounding().round(spec.stemChannels(), endWidth), factor),
                stages,
                scaled(whole.rounding().round(spec.headChannels(), endWidth), factor),
                spec.activation());
        return new ModelDefinition(
                whole.name() + "_proxy",
                whole.family(),
                new Architecture.Staged(new StagedNetwork(
                        shaped,
                        new CompoundScaling(1, network.scaling().depth(), 1),
                        network.rounding(),
                        network.fixedEnds())),
                imageSize,
                imageSize,
                0,
                whole.batchNorm(),
                whole.normalization());
    }

    private int scaled(int channels, double factor) {
        return (int) Math.max(1, Math.round(channels * settings.width() * factor));
    }

    private int stride(ModelDefinition whole) {
        int own = whole.spec().stride();
        int wanted = settings.fit().stride() == 0 ? own : settings.fit().stride();
        if (wanted > own) {
            throw new InvalidInputException("The proxy's stride must be at most the network's own of " + own
                    + ", found " + wanted + ": choose a smaller --proxy-stride");
        }
        return wanted;
    }

    /** The stages' strides, the first of them made 1 until the total is the wanted one. */
    private int[] strides(ArchitectureSpec spec) {
        int[] strides = spec.stages().stream().mapToInt(StageSpec::stride).toArray();
        int total = spec.stride();
        int wanted = settings.fit().stride() == 0 ? total : settings.fit().stride();
        for (int i = 0; i < strides.length && total > wanted; i++) {
            total /= strides[i];
            strides[i] = 1;
        }
        return total == wanted ? strides : Arrays.stream(strides).map(any -> 1).toArray();
    }

    private static StageSpec with(StageSpec stage, int stride, int channels) {
        if (stage instanceof MBConvStage plain) {
            return new MBConvStage(
                    plain.repeats(), plain.kernel(), stride, plain.expandRatio(), channels, plain.squeezeExciteRatio());
        }
        return new FusedMBConvStage(
                stage.repeats(), stage.kernel(), stride, stage.expandRatio(), channels, stage.squeezeExciteRatio());
    }

    private static void requireSize(int imageSize, int stride) {
        if (imageSize < stride) {
            throw new InvalidInputException("A proxy's images must be at least its stride of " + stride
                    + " pixels, found " + imageSize + ": choose a larger --proxy-size or a smaller --proxy-stride");
        }
    }
}
