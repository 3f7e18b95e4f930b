package org.efficientnet4j.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.efficientnet4j.compare.ComparisonPage.Row;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.models.ModelCatalog;
import org.efficientnet4j.train.ProgressListener;
import org.efficientnet4j.train.options.DataOptions;
import org.efficientnet4j.train.options.RunOptions;
import org.efficientnet4j.train.options.TrainingOptions;
import org.efficientnet4j.train.run.TrainingRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {
    private static final Contestant LENET = new Contestant("lenet", ModelCatalog.find("lenet"), Optional.empty());
    private static final Contestant OTHER = new Contestant("other", ModelCatalog.find("lenet"), Optional.empty());

    private static Comparison comparison(Path directory, Budget budget) {
        return new Comparison(
                List.of(LENET, OTHER),
                budget,
                2,
                TrainingOptions.builder()
                        .set(DataOptions.SOURCE, "shapes:80")
                        .set(DataOptions.BATCH, 16)
                        .set(DataOptions.SIZE, 32),
                directory);
    }

    private static List<Row> finish(Comparison comparison) {
        return comparison
                .run((contestant, seed, number, of) -> new ProgressListener() {}, () -> false)
                .orElseThrow();
    }

    @Test
    void goesOnWhereItWasStoppedWithTheSameAnswers(@TempDir Path whole, @TempDir Path stopped) {
        List<Row> expected = finish(comparison(whole, new Budget.Epochs(2)));

        AtomicInteger asked = new AtomicInteger();
        List<String> begun = new ArrayList<>();
        // Stopped within the second training: the first one's answers are kept, the second goes on.
        Comparison.Listener listener = (contestant, seed, number, of) -> {
            begun.add(contestant.name() + seed);
            return new ProgressListener() {};
        };
        Optional<List<Row>> none = comparison(stopped, new Budget.Epochs(2))
                .run(listener, () -> begun.size() == 2 && asked.incrementAndGet() > 2);
        assertTrue(none.isEmpty());
        assertEquals(List.of("lenet42", "other42"), begun);
        begun.clear();
        List<Row> found = comparison(stopped, new Budget.Epochs(2))
                .run(listener, () -> false)
                .orElseThrow();

        assertEquals(List.of("other42", "lenet43", "other43"), begun);
        for (int i = 0; i < expected.size(); i++) {
            for (int seed = 0; seed < 2; seed++) {
                assertEquals(
                        expected.get(i).standing().seeds().get(seed).answers(),
                        found.get(i).standing().seeds().get(seed).answers());
            }
        }
    }

    @Test
    void oneNetworkUnderTwoNamesIsNoDifferent(@TempDir Path directory) {
        List<Row> rows = finish(comparison(directory, new Budget.Epochs(1)));

        assertEquals(rows.get(0).standing().top1(), rows.get(1).standing().top1());
        assertTrue(rows.stream().allMatch(row -> row.standing().withinNoise()));
        // LeNet-5 with ten classes: 61,706 for grey images and 300 more kernels of 25 for two more channels' first
        // layer.
        assertEquals(61_706 + 2 * 6 * 25, rows.get(0).facts().trainableParameters());
    }

    @Test
    void givesEachNetworkItsTime(@TempDir Path directory) {
        List<Row> rows = finish(comparison(directory, new Budget.Minutes(0.02)));

        assertEquals(2, rows.size());
        TrainingOptions options = TrainingRun.open(directory.resolve("runs").resolve("lenet-seed42"))
                .options();
        assertEquals(0, options.get(DataOptions.EPOCH_IMAGES) % 16);
        assertEquals(rows.get(0).standing().seeds().get(0).epochs(), options.get(RunOptions.EPOCHS));
    }

    @Test
    void refusesAnotherComparisonsDirectory(@TempDir Path directory) {
        finish(comparison(directory, new Budget.Epochs(1)));

        InvalidInputException refused =
                assertThrows(InvalidInputException.class, () -> finish(comparison(directory, new Budget.Epochs(2))));
        assertTrue(refused.getMessage().contains("epochs (1, now 2)"), refused.getMessage());
    }
}
