package org.efficientnet4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.efficientnet4j.search.study.Trial;
import org.efficientnet4j.search.study.TrialOutcome;
import org.efficientnet4j.search.study.TrialState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class Example10SearchOnSparkTest {
    @Test
    void executorsTrainEveryTrialOnce(@TempDir Path directory) throws IOException {
        Example10SearchOnSpark.Result result = Example10SearchOnSpark.run(
                Example10SearchOnSpark.FLAGS.given("--quick", "--out", directory.toString()));

        assertEquals(4, result.trials().size());
        for (Trial trial : result.trials()) {
            assertEquals(TrialState.COMPLETE, trial.state(), trial.error().orElse(""));
            assertEquals(1, trial.attempts());
            assertTrue(trial.measure(TrialOutcome.ACCURACY).orElseThrow() > 0);
        }
        assertFalse(result.executors().isEmpty(), "processes of their own");
    }
}
