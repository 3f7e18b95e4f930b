package org.efficientnet4j.search.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.efficientnet4j.models.ModelCatalog;
import org.efficientnet4j.search.sampler.Tried;
import org.efficientnet4j.search.space.CoefficientGrid;
import org.efficientnet4j.search.space.CoefficientSpace;
import org.efficientnet4j.search.space.CostLimits;
import org.efficientnet4j.search.space.CostedCoefficients;
import org.efficientnet4j.search.study.Study;
import org.efficientnet4j.search.study.TrialOutcome;
import org.efficientnet4j.search.study.TrialRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PooledTest {
    @TempDir
    private Path folder;

    /** One training of .5 and three of mean .3 are .35 together; a test score of .9 is kept from the sampler. */
    @Test
    void repetitionsCountAndTestScoresDont() {
        CoefficientSpace space = CoefficientSpace.of(
                CoefficientGrid.near(2, 0.05, 0.2), 1, ModelCatalog.find("efficientnet_b0"), 10, CostLimits.NONE);
        try (Study study = Study.create(folder.resolve("study.db"), "test")) {
            study.enqueue(space.candidates().subList(0, 2), List.of(1L));
            study.complete(study.claim().orElseThrow(), TrialOutcome.of(0.5));
            study.complete(study.claim().orElseThrow(), TrialOutcome.of(0.4));
            study.enqueueRepeats(List.of(0), TrialRole.CONFIRM, List.of(2L, 3L, 4L));
            study.complete(study.claim().orElseThrow(), TrialOutcome.of(0.3));
            study.enqueueRepeats(List.of(0), TrialRole.TEST, List.of(2L, 3L, 4L));
            study.complete(study.claim().orElseThrow(), TrialOutcome.of(0.9));
            List<Tried<CostedCoefficients>> searched = Pooled.searched(study.trials(), space);
            assertEquals(2, searched.size());
            assertEquals(0.35, searched.get(0).score().orElseThrow(), 1e-12);
            assertEquals(List.of(0.5, 0.3), searched.get(0).measured());
            assertEquals(0.4, searched.get(1).score().orElseThrow(), 1e-12);
        }
    }
}
