package org.efficientnet4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.search.space.Coefficients;
import org.efficientnet4j.search.study.Trial;
import org.efficientnet4j.search.study.TrialOutcome;
import org.efficientnet4j.search.study.TrialState;
import org.efficientnet4j.spec.StageSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Examples 07 to 09: the constraint, the budget and the space are kept, and the best is the best. */
class SearchExamplesTest {
    private static double best(List<Trial> trials) {
        return trials.stream()
                .mapToDouble(trial -> trial.score().orElseThrow())
                .max()
                .orElseThrow();
    }

    @Test
    void gridSearchTriesWhatKeepsTheConstraint(@TempDir Path directory) throws IOException {
        String[] arguments = {"--quick", "--out", directory.toString()};
        Example07GridSearch.Result result = Example07GridSearch.run(Example07GridSearch.FLAGS.given(arguments));

        assertEquals(111, result.fineGrid().size());
        assertTrue(result.fineGrid().contains(new Coefficients(1.2, 1.1, 1.15)), "the paper's");
        assertEquals(byHand(), result.trials().size());
        for (Trial trial : result.trials()) {
            assertEquals(TrialState.COMPLETE, trial.state());
            Map<String, Double> one = trial.choice().parameters();
            double product = one.get("alpha") * Math.pow(one.get("beta"), 2) * Math.pow(one.get("gamma"), 2);
            assertEquals(2, product, 0.2 + 1e-9);
        }
        assertEquals(best(result.trials()), result.best().score().orElseThrow());

        Example07GridSearch.Result again = Example07GridSearch.run(Example07GridSearch.FLAGS.given(arguments));
        assertEquals(result.trials(), again.trials(), "a second start has nothing left to try");
    }

    /** Points of the quick run's grid, counted in tenths: alpha beta^2 gamma^2 within 0.2 of 2. */
    private static int byHand() {
        int count = 0;
        for (long a = 10; a <= 22; a += 4) {
            for (long b = 10; b <= 14; b += 4) {
                for (long c = 10; c <= 14; c += 4) {
                    long product = a * b * b * c * c; // in 1e-5
                    count += product >= 180_000 && product <= 220_000 ? 1 : 0;
                }
            }
        }
        return count;
    }

    @Test
    void phiStaysWithinTheBudget(@TempDir Path directory) throws IOException {
        Example08PhiUnderABudget.Result result = Example08PhiUnderABudget.run(
                Example08PhiUnderABudget.FLAGS.given("--quick", "--out", directory.toString()));

        assertEquals(3, result.trials().size());
        for (Trial trial : result.trials()) {
            assertEquals(TrialState.COMPLETE, trial.state());
            assertTrue(
                    trial.choice().cost().macs() <= 60_000_000, trial.choice().toString());
            assertTrue(trial.choice().parameters().get("phi") <= 3);
            assertEquals(
                    trial.measure(TrialOutcome.ACCURACY).orElseThrow(),
                    trial.score().orElseThrow());
        }
        assertTrue(result.largestPhi() > 0 && result.largestPhi() < 3, "the budget bites: " + result.largestPhi());
        assertEquals(best(result.trials()), result.best().score().orElseThrow());
    }

    @Test
    void blocksChangeAndChannelsDoNot(@TempDir Path directory) throws IOException {
        Example09SearchTheBlocks.Result result = Example09SearchTheBlocks.run(
                Example09SearchTheBlocks.FLAGS.given("--quick", "--out", directory.toString()));

        assertEquals(Math.pow(2 * 2 * 2 * 3, 3), result.networks());
        for (Trial trial : result.trials()) {
            double accuracy = trial.measure(TrialOutcome.ACCURACY).orElseThrow();
            double reward = accuracy * Math.pow(trial.choice().cost().macs() / 10e6, -0.07);
            assertEquals(reward, trial.score().orElseThrow(), 1e-9);
        }
        assertEquals(best(result.trials()), result.best().score().orElseThrow());
        assertEquals(result.best().choice().cost(), result.found().cost(10), "the file is the network");
        List<StageSpec> base = result.base().spec().stages();
        List<StageSpec> found = result.found().spec().stages();
        for (int i = 0; i < base.size(); i++) {
            assertEquals(base.get(i).outChannels(), found.get(i).outChannels());
            assertEquals(base.get(i).stride(), found.get(i).stride());
        }
    }

    @Test
    void anotherSearchInTheSameFolderIsRefused(@TempDir Path directory) throws IOException {
        Example08PhiUnderABudget.run(Example08PhiUnderABudget.FLAGS.given(
                "--quick", "--trials", "1", "--data", "shapes:200", "--out", directory.toString()));
        assertThrows(
                InvalidInputException.class,
                () -> Example08PhiUnderABudget.run(Example08PhiUnderABudget.FLAGS.given(
                        "--quick", "--trials", "1", "--budget", "80M", "--out", directory.toString())));
    }
}
