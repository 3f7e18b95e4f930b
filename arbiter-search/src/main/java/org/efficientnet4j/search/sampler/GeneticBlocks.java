package org.efficientnet4j.search.sampler;

import java.util.List;
import java.util.Random;
import org.apache.commons.math3.random.JDKRandomGenerator;
import org.apache.commons.math3.random.RandomGenerator;
import org.deeplearning4j.arbiter.optimize.api.Candidate;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.generator.GeneticSearchCandidateGenerator;
import org.deeplearning4j.arbiter.optimize.generator.genetic.crossover.SinglePointCrossover;
import org.deeplearning4j.arbiter.optimize.generator.genetic.crossover.parentselection.RandomTwoParentSelection;
import org.deeplearning4j.arbiter.optimize.generator.genetic.mutation.RandomMutationOperator;
import org.deeplearning4j.arbiter.optimize.generator.genetic.population.PopulationModel;
import org.deeplearning4j.arbiter.optimize.generator.genetic.selection.GeneticSelectionOperator;
import org.efficientnet4j.search.space.BlockSpace;
import org.efficientnet4j.search.space.CostLimits;
import org.efficientnet4j.search.space.CostedBlocks;

/**
 * Arbiter's genetic search: single-point crossover and mutation among the fittest. For each proposal a generator is made
 * and told all results so far, since Arbiter's own cannot be resumed.
 */
public final class GeneticBlocks extends BlockSampler {
    private static final double CROSSOVER_RATE = 0.85;
    private static final double MUTATION_RATE = 0.05;

    private final int population;

    /**
     * A sampler within limits.
     *
     * @param population networks that may have children, as Arbiter's {@link PopulationModel} takes it
     */
    public GeneticBlocks(BlockSpace space, CostLimits limits, long seed, int population) {
        super(space, limits, seed);
        this.population = population;
    }

    @Override
    CostedBlocks draw(List<Tried<CostedBlocks>> scored, Random random) {
        GeneticSearchCandidateGenerator generator = generator(random.nextLong());
        for (Tried<CostedBlocks> trial : scored) {
            double[] genes = space().values(trial.choice());
            Candidate<CostedBlocks> candidate = new Candidate<>(() -> trial.choice(), trial.number(), genes);
            generator.reportResults(
                    new OptimizationResult(candidate, trial.score().orElseThrow(), trial.number(), null, null, null));
        }
        return space().getValue(generator.getCandidate().getFlatParameters());
    }

    private GeneticSearchCandidateGenerator generator(long seed) {
        RandomGenerator random = new JDKRandomGenerator();
        random.setSeed(seed);
        return new GeneticSearchCandidateGenerator.Builder(space(), new HigherIsBetter())
                .populationModel(
                        new PopulationModel.Builder().populationSize(population).build())
                .selectionOperator(new GeneticSelectionOperator.Builder()
                        .randomGenerator(random)
                        .crossoverOperator(new SinglePointCrossover.Builder()
                                .randomGenerator(random)
                                .crossoverRate(CROSSOVER_RATE)
                                .parentSelection(new RandomTwoParentSelection(random))
                                .build())
                        .mutationOperator(new RandomMutationOperator.Builder()
                                .randomGenerator(random)
                                .mutationRate(MUTATION_RATE)
                                .build())
                        .build())
                .build();
    }
}
