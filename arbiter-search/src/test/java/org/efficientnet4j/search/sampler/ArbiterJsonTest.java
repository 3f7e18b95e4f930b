package org.efficientnet4j.search.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.arbiter.optimize.api.CandidateGenerator;
import org.deeplearning4j.arbiter.optimize.api.ParameterSpace;
import org.deeplearning4j.arbiter.optimize.api.termination.MaxCandidatesCondition;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;
import org.deeplearning4j.arbiter.optimize.generator.RandomSearchGenerator;
import org.efficientnet4j.models.ModelCatalog;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.search.space.BlockSpace;
import org.efficientnet4j.search.space.CoefficientGrid;
import org.efficientnet4j.search.space.CoefficientSpace;
import org.efficientnet4j.search.space.CostLimits;
import org.efficientnet4j.search.space.CostModel;
import org.efficientnet4j.search.space.Range;
import org.efficientnet4j.search.space.ScalingSpace;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Arbiter's configurations of our spaces and generators, to JSON and back. */
class ArbiterJsonTest {
    private static final int PROPOSALS = 12;

    static Stream<CandidateGenerator> generators() {
        ModelDefinition base = ModelCatalog.find("efficientnet_b0");
        CoefficientSpace grid =
                CoefficientSpace.of(CoefficientGrid.standard(), 1, base, 10, new CostLimits(1_000_000_000, 1L << 40));
        CoefficientGridGenerator shuffled = new CoefficientGridGenerator(grid);
        shuffled.setRngSeed(5);
        Range range = new Range(1, 1.5);
        ScalingSpace scaling = new ScalingSpace(range, range, new Range(1.1, 1.1), range, new CostModel(base, 10));
        return Stream.of(
                new CoefficientGridGenerator(grid),
                shuffled,
                random(grid),
                random(scaling),
                random(new BlockSpace(ModelCatalog.find("efficientnet_v2_s"), 3, 10)));
    }

    private static CandidateGenerator random(ParameterSpace<?> space) {
        return new RandomSearchGenerator(space, null);
    }

    @ParameterizedTest
    @MethodSource("generators")
    void aConfigurationReadBackProposesTheSame(CandidateGenerator generator) {
        OptimizationConfiguration configuration = new OptimizationConfiguration.Builder()
                .candidateGenerator(generator)
                .scoreFunction(new HigherIsBetter())
                .terminationConditions(new MaxCandidatesCondition(PROPOSALS))
                .build();
        String json = configuration.toJson();
        OptimizationConfiguration read = OptimizationConfiguration.fromJson(json);
        assertEquals(json, read.toJson());
        assertFalse(read.getScoreFunction().minimize());
        List<Object> expected = proposals(generator);
        assertEquals(PROPOSALS, expected.size());
        assertTrue(expected.stream().distinct().count() > 3, "not one proposal over and over");
        assertEquals(expected, proposals(read.getCandidateGenerator()));
    }

    private static List<Object> proposals(CandidateGenerator generator) {
        if (generator instanceof RandomSearchGenerator) {
            generator.setRngSeed(7); // Arbiter keeps no seed
        }
        List<Object> proposals = new ArrayList<>();
        for (int i = 0; i < PROPOSALS && generator.hasMoreCandidates(); i++) {
            proposals.add(generator.getCandidate().getValue());
        }
        return proposals;
    }
}
