package org.efficientnet4j.search.study;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.efficientnet4j.fuzzing.Damage;
import org.efficientnet4j.fuzzing.Fuzzing;
import org.efficientnet4j.fuzzing.Target;
import org.efficientnet4j.models.ModelCatalog;
import org.efficientnet4j.search.objective.ProxySettings;
import org.efficientnet4j.search.objective.Reward;
import org.efficientnet4j.search.pruner.Pruner;
import org.efficientnet4j.search.space.CoefficientGrid;
import org.efficientnet4j.search.space.CoefficientSpace;
import org.efficientnet4j.search.space.CostLimits;
import org.efficientnet4j.search.specification.Budgets;
import org.efficientnet4j.search.specification.GridSearch;
import org.efficientnet4j.search.specification.StudySpecification;
import org.efficientnet4j.search.specification.VersionZero;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Some damaged studies at each build; {@code toolkit/fuzz-weights [COUNT [SEED]]} reads many. */
class StudyFuzzingTest {
    @TempDir
    Path folder;

    @Test
    void everyDamagedStudyIsReadOrRefused() throws IOException {
        StudySpecification search = new StudySpecification(
                ModelCatalog.find("efficientnet_b0"),
                10,
                new GridSearch(CoefficientGrid.standard(), 1),
                new Budgets(CostLimits.NONE, OptionalDouble.empty()),
                0,
                new ProxySettings("shapes:60", 48, 32, 12, 2, 8, 0.5, 0.01),
                Reward.accuracy(),
                Pruner.NONE,
                42,
                1);
        Damage damage = new Damage(Fuzzing.seed());
        Path good = folder.resolve("good.db");
        try (Study study = Study.create(good, search.toJson())) {
            study.enqueue(
                    CoefficientSpace.of(
                                    CoefficientGrid.standard(),
                                    1,
                                    ModelCatalog.find("efficientnet_b0"),
                                    10,
                                    CostLimits.NONE)
                            .candidates()
                            .subList(0, 5),
                    List.of(1L));
            Trial first = study.claim().orElseThrow();
            study.report(first, List.of(List.of(0.25, 0.5)));
            study.complete(first, TrialOutcome.of(0.5));
            study.fail(study.claim().orElseThrow(), "out of memory");
        }
        byte[] study = Files.readAllBytes(good);
        byte[] specification = search.toJson().getBytes(StandardCharsets.UTF_8);
        List<Target> targets = List.of(
                new Target("damaged.db", study, damage::damaged, StudyFuzzingTest::read, 32L << 20),
                new Target("damaged.json", specification, damage::damagedText, StudyFuzzingTest::parse, 32L << 20));
        assertTrue(Fuzzing.run("studies", folder, targets, 400).isTelling());
    }

    private static void read(Path file) {
        try (Study study = Study.read(file, new VersionZero())) {
            StudySpecification.parse(study.specification());
            study.trials();
        } finally {
            for (String ending : List.of("-wal", "-shm", "-journal")) {
                file.resolveSibling(file.getFileName() + ending).toFile().delete();
            }
        }
    }

    private static void parse(Path file) {
        try {
            StudySpecification.parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
