package org.efficientnet4j.search.sampler;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.efficientnet4j.search.space.BlockSpace;
import org.efficientnet4j.search.space.Choice;
import org.efficientnet4j.search.space.CostLimits;
import org.efficientnet4j.search.space.CostedBlocks;
import org.efficientnet4j.search.study.Trial;

/** Proposes networks of other blocks; none twice, and none beyond the limits. */
abstract class BlockSampler implements Sampler {
    private static final int MOST_DRAWN = 10_000;
    /** Draws after which a way of proposing that only repeats itself is given up for chance. */
    private static final int MOST_REPEATED = 200;

    private final BlockSpace space;
    private final CostLimits limits;
    private final long seed;

    BlockSampler(BlockSpace space, CostLimits limits, long seed) {
        this.space = space;
        this.limits = limits;
        this.seed = seed;
    }

    final BlockSpace space() {
        return space;
    }

    /** Draws a network, given those that have a score, oldest first. */
    abstract CostedBlocks draw(List<Trial> scored, Random random);

    @Override
    public final Optional<? extends Choice> propose(List<Trial> trials) {
        Set<Choice> tried = new HashSet<>();
        trials.forEach(trial -> tried.add(trial.choice()));
        List<Trial> scored =
                trials.stream().filter(trial -> trial.score().isPresent()).toList();
        Random random = new Random(seed * 1_000_003 + trials.size());
        for (int i = 0; i < MOST_DRAWN; i++) {
            CostedBlocks drawn = i < MOST_REPEATED ? draw(scored, random) : space.random(random);
            if (limits.admit(drawn.cost()) && !tried.contains(drawn)) {
                return Optional.of(drawn);
            }
        }
        return Optional.empty();
    }
}
