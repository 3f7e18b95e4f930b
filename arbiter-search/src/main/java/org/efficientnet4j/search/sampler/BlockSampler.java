package org.efficientnet4j.search.sampler;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.efficientnet4j.search.space.BlockSpace;
import org.efficientnet4j.search.space.CostLimits;
import org.efficientnet4j.search.space.CostedBlocks;

/** Proposes networks of other blocks; none twice, and none beyond the limits. */
public abstract sealed class BlockSampler implements Sampler<CostedBlocks>
        permits RandomBlocks, RegularizedEvolution, GeneticBlocks {
    private static final int MOST_DRAWN = 10_000;
    /** Draws after which a way of proposing that only repeats itself is given up for chance. */
    private static final int MOST_REPEATED = 200;

    private final BlockSpace space;
    private final CostLimits limits;
    private final long seed;
    private Function<? super CostedBlocks, ?> evaluated = Function.identity();

    BlockSampler(BlockSpace space, CostLimits limits, long seed) {
        this.space = space;
        this.limits = limits;
        this.seed = seed;
    }

    /** Takes choices to be the same whose evaluated networks are; without, those of equal blocks. */
    public final BlockSampler identifiedBy(Function<? super CostedBlocks, ?> value) {
        evaluated = value;
        return this;
    }

    final BlockSpace space() {
        return space;
    }

    /** Draws a network, given those that have a score, oldest first. */
    abstract CostedBlocks draw(List<Tried<CostedBlocks>> scored, Random random);

    @Override
    public final Optional<CostedBlocks> propose(List<Tried<CostedBlocks>> trials) {
        Set<Object> tried = new HashSet<>();
        trials.forEach(trial -> tried.add(evaluated.apply(trial.choice())));
        List<Tried<CostedBlocks>> scored =
                trials.stream().filter(trial -> trial.score().isPresent()).toList();
        Random random = new Random(seed * 1_000_003 + trials.size());
        for (int i = 0; i < MOST_DRAWN; i++) {
            CostedBlocks drawn = i < MOST_REPEATED ? draw(scored, random) : space.random(random);
            if (limits.admit(drawn.cost()) && !tried.contains(evaluated.apply(drawn))) {
                return Optional.of(drawn);
            }
        }
        return Optional.empty();
    }
}
