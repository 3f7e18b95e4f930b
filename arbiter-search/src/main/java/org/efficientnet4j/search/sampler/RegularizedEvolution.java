package org.efficientnet4j.search.sampler;

import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.search.space.BlockSpace;
import org.efficientnet4j.search.space.CostLimits;
import org.efficientnet4j.search.space.CostedBlocks;

/**
 * Ageing evolution: the youngest networks are the population; the best of a random sample of it has a child that differs in
 * one choice. The oldest leave, however good.
 *
 * <p>Source: Real et al., Regularized Evolution for Image Classifier Architecture Search (arXiv 1802.01548), algorithm 1.
 */
public final class RegularizedEvolution extends BlockSampler {
    private final int population;
    private final int sample;

    /**
     * A sampler within limits.
     *
     * @param population networks that may have children, at least 2
     * @param sample of them that compete to have one, at least 1
     * @throws InvalidInputException for a number below
     */
    public RegularizedEvolution(BlockSpace space, CostLimits limits, long seed, int population, int sample) {
        super(space, limits, seed);
        if (population < 2 || sample < 1) {
            throw new InvalidInputException(
                    "Evolution needs a population of at least 2 and a sample of at least 1, found " + population
                            + " and " + sample);
        }
        this.population = population;
        this.sample = sample;
    }

    @Override
    CostedBlocks draw(List<Tried<CostedBlocks>> scored, Random random) {
        if (scored.size() < population) {
            return space().random(random);
        }
        List<Tried<CostedBlocks>> alive = scored.subList(scored.size() - population, scored.size());
        Tried<CostedBlocks> parent = random.ints(sample, 0, population)
                .mapToObj(alive::get)
                .max(Comparator.comparingDouble(trial -> trial.score().orElseThrow()))
                .orElseThrow();
        return space().mutate(parent.choice(), random);
    }
}
