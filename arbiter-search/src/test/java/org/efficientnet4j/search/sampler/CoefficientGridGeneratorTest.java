package org.efficientnet4j.search.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.deeplearning4j.arbiter.optimize.api.Candidate;
import org.efficientnet4j.models.ModelCatalog;
import org.efficientnet4j.search.space.CoefficientGrid;
import org.efficientnet4j.search.space.CoefficientSpace;
import org.efficientnet4j.search.space.CostLimits;
import org.efficientnet4j.search.space.CostedCoefficients;
import org.junit.jupiter.api.Test;

class CoefficientGridGeneratorTest {
    private final CoefficientSpace space = CoefficientSpace.of(
            CoefficientGrid.standard(), 1, ModelCatalog.find("efficientnet_b0"), 10, CostLimits.NONE);

    @Test
    void givesEveryPointOnceInTheGridsOrder() {
        CoefficientGridGenerator generator = new CoefficientGridGenerator(space);
        List<CostedCoefficients> given = drain(generator);
        assertEquals(space.candidates(), given);
        assertThrows(IllegalStateException.class, generator::getCandidate);
    }

    @Test
    void shufflesBySeedAlone() {
        List<CostedCoefficients> first = drain(shuffled(7));
        assertEquals(first, drain(shuffled(7)));
        assertNotEquals(first, drain(shuffled(8)));
        assertEquals(new HashSet<>(space.candidates()), new HashSet<>(first));
    }

    private CoefficientGridGenerator shuffled(long seed) {
        CoefficientGridGenerator generator = new CoefficientGridGenerator(space);
        generator.setRngSeed(seed);
        return generator;
    }

    private List<CostedCoefficients> drain(CoefficientGridGenerator generator) {
        List<CostedCoefficients> given = new ArrayList<>();
        while (generator.hasMoreCandidates()) {
            Candidate<?> candidate = generator.getCandidate();
            assertEquals(space.candidates().get(candidate.getIndex()), candidate.getValue());
            given.add((CostedCoefficients) candidate.getValue());
        }
        return given;
    }
}
