package org.efficientnet4j.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.models.ArchitectureFile;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.search.objective.ProxySettings;
import org.efficientnet4j.search.objective.Reward;
import org.efficientnet4j.search.pruner.Pruner;
import org.efficientnet4j.search.space.CostLimits;
import org.efficientnet4j.search.space.Range;
import org.efficientnet4j.search.specification.Budgets;
import org.efficientnet4j.search.specification.ScalingSearch;
import org.efficientnet4j.search.specification.StudySpecification;
import org.efficientnet4j.search.specification.VersionZero;
import org.efficientnet4j.search.study.Study;
import org.efficientnet4j.search.study.Trial;
import org.efficientnet4j.search.study.TrialState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Searches with a network of two blocks on generated shapes. */
class SearchTest {
    private static final String TINY = """
            name: tiny
            size: 32
            stem: 8
            blocks:
              - r1_k3_s1_e1_i8_o8_c1
              - r2_k3_s2_e2_i8_o16_se0.25
            head: 32
            """;
    private static final ModelDefinition BASE = ArchitectureFile.parse(TINY);

    @TempDir
    private Path folder;

    private static StudySpecification phi(Budgets budgets, int trials, String data) {
        return new StudySpecification(
                BASE,
                1000,
                new ScalingSearch(
                        new Range(1.2, 1.2),
                        new Range(1.1, 1.1),
                        new Range(1.15, 1.15),
                        new Range(0, 4),
                        ScalingSearch.Sampling.bayes),
                budgets,
                trials,
                new ProxySettings(data, 16, 32, 0, 1, 8, 1, 0),
                Reward.accuracy(),
                Pruner.NONE,
                42,
                1);
    }

    @Test
    void aProgramBeginsASearchAndGoesOnWithIt() {
        Path file = folder.resolve("study.db");
        StudySpecification wanted = phi(Budgets.NONE, 2, "shapes:40");
        try (Search search = Search.create(wanted, file)) {
            assertEquals(wanted, search.specification());
            assertEquals(1, search.maxTrials(1).run().numCandidatesCompleted());
        }
        assertThrows(InvalidInputException.class, () -> Search.create(wanted, file));
        try (Search search = Search.open(file)) {
            search.trials(3).run();
            assertEquals(3, search.study().trials().size());
            assertEquals(3, search.specification().trials());
            search.study().trials().forEach(trial -> assertEquals(TrialState.COMPLETE, trial.state()));
            assertTrue(search.best().isPresent());
        }
        try (Search search = Search.open(file)) {
            assertEquals(3, search.specification().trials());
        }
    }

    /** Measured and beyond a budget that no network keeps: there is a score, but no best. */
    @Test
    void theBestKeepsTheBudget() {
        Budgets impossible = new Budgets(CostLimits.NONE, OptionalDouble.of(1e-6));
        try (Search search = Search.create(phi(impossible, 1, "shapes:40"), folder.resolve("study.db"))) {
            search.run();
            assertEquals(TrialState.COMPLETE, search.study().trials().get(0).state());
            assertTrue(search.best().isEmpty());
        }
    }

    @Test
    void nothingIsWrittenForASearchThatCannotRun() {
        Path file = folder.resolve("study.db");
        assertThrows(InvalidInputException.class, () -> Search.create(phi(Budgets.NONE, 2, "nowhere"), file));
        Budgets tooSmall = new Budgets(new CostLimits(1, Long.MAX_VALUE), OptionalDouble.empty());
        assertThrows(InvalidInputException.class, () -> Search.create(phi(tooSmall, 2, "shapes:40"), file));
        assertFalse(Files.exists(file));
    }

    /** Version 0: flags, one list of figures for both seeds, a pruned trial's accuracy as its score. */
    private Path versionZero(String base, String reward) throws SQLException {
        Path file = folder.resolve("old.db");
        execute(
                file,
                """
                CREATE TABLE trial (number INTEGER PRIMARY KEY,
                    alpha REAL, beta REAL, gamma REAL, phi REAL, stem INTEGER, blocks TEXT,
                    size INTEGER NOT NULL, trainable_parameters INTEGER NOT NULL, total_parameters INTEGER NOT NULL,
                    macs INTEGER NOT NULL, activation_bytes INTEGER NOT NULL,
                    seeds TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'WAITING', attempts INTEGER NOT NULL DEFAULT 0,
                    machine TEXT, process INTEGER, process_started INTEGER,
                    started INTEGER, ended INTEGER, score REAL, measures TEXT NOT NULL DEFAULT '',
                    curve TEXT NOT NULL DEFAULT '', error TEXT)""",
                "CREATE TABLE study (id INTEGER PRIMARY KEY, settings TEXT NOT NULL)",
                "INSERT INTO study VALUES (1, '{\"--base\":\"" + base
                        + "\",\"--classes\":\"1000\",\"--data\":\"shapes:40\",\"--max-layers\":\"2\","
                        + "\"--population\":\"3\",\"--proxy-batch\":\"8\",\"--proxy-epochs\":\"2\","
                        + "\"--proxy-examples\":\"16\",\"--proxy-learning-rate\":\"0.0\",\"--proxy-size\":\"16\","
                        + "\"--proxy-validation\":\"0\",\"--proxy-width\":\"1.0\",\"--pruner\":\"median\","
                        + "\"--pruner-factor\":\"3\",\"--pruner-warmup\":\"1\",\"--reward\":\"" + reward
                        + "\",\"--sample\":\"2\",\"--sampler\":\"evolution\",\"--seed\":\"42\","
                        + "\"--seeds-per-trial\":\"2\",\"--stacktrace\":\"false\",\"--target-macs\":\"1M\","
                        + "\"--trials\":\"4\",\"search\":\"blocks\"}')");
        String insert = "INSERT INTO trial (number, stem, blocks, size, trainable_parameters, total_parameters, macs,"
                + " activation_bytes, seeds, state, attempts, machine, process, process_started, started, score, curve)"
                + " VALUES (%d, 8, 'r%d_k3_s1_e1_i8_o8_se0.25,r1_k3_s2_e1_i8_o16_c1', 32, 100, 110, 4000000, 1000,"
                + " '42,43', '%s', 1, 'elsewhere', 7, 7, 7, %s, '%s')";
        execute(
                file,
                String.format(insert, 0, 1, "COMPLETE", "0.25", "0.1,0.2,0.2,0.3"),
                String.format(insert, 1, 2, "PRUNED", "0.1", "0.1,0.2,0.1"),
                String.format(insert, 2, 1, "RUNNING", "NULL", ""));
        return file;
    }

    private static void execute(Path file, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static List<List<List<Double>>> curves(List<Trial> trials) {
        return trials.stream().map(Trial::curves).toList();
    }

    /** The base network's file is needed once: after the migration it may go. */
    @ParameterizedTest
    @ValueSource(strings = {"mnas", "v2"})
    void aStudyOfVersionZeroIsMigratedAndGoesOn(String reward) throws Exception {
        Path yaml = Files.writeString(folder.resolve("tiny.yaml"), TINY);
        Path file = versionZero(yaml.toString(), reward);
        List<List<List<Double>>> split = List.of(
                List.of(List.of(0.1, 0.2), List.of(0.2, 0.3)), List.of(List.of(0.1, 0.2), List.of(0.1)), List.of());
        byte[] before = Files.readAllBytes(file);
        try (Study study = Study.read(file, new VersionZero())) {
            assertEquals(split, curves(study.trials()));
            assertEquals(BASE, StudySpecification.parse(study.specification()).base());
        }
        assertEquals(List.of(), changed(before, Files.readAllBytes(file)), "reading migrates nothing");
        try (Search search = Search.open(file)) {
            List<Trial> trials = search.study().trials();
            assertEquals(split, curves(trials));
            assertEquals(
                    reward.equals("mnas") ? OptionalDouble.of(0.1 * Math.pow(4, -0.07)) : OptionalDouble.empty(),
                    trials.get(1).score(),
                    "on the scale of the others");
            assertEquals(TrialState.RUNNING, trials.get(2).state(), "it may still be at work");
        }
        Files.delete(yaml);
        try (Search search = Search.open(file)) {
            assertEquals(BASE, search.specification().base());
            search.run();
            assertEquals(4, search.study().trials().size());
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            assertEquals(
                    "0.1,0.2,0.1",
                    statement
                            .executeQuery("SELECT curve FROM trial_version0 WHERE number = 1")
                            .getString(1));
            assertTrue(statement
                    .executeQuery("SELECT settings FROM study_version0")
                    .getString(1)
                    .contains("--base"));
        }
    }

    private static List<Integer> changed(byte[] before, byte[] after) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < Math.max(before.length, after.length); i++) {
            if (i >= before.length || i >= after.length || before[i] != after[i]) {
                places.add(i);
            }
        }
        return places;
    }

    /** A migration that fails leaves version 0, whole. */
    @Test
    void aStudyWhoseBaseIsGoneStaysAsItWas() throws Exception {
        Path file = versionZero(folder.resolve("gone.yaml").toString(), "mnas");
        String message = assertThrows(InvalidInputException.class, () -> Search.open(file))
                .getMessage();
        assertTrue(message.contains("gone.yaml") && message.contains("bring the file back"), message);
        try (Study study = Study.read(file, new VersionZero())) {
            assertEquals(3, study.trials().size());
        }
        Files.writeString(folder.resolve("gone.yaml"), TINY);
        Search.open(file).close();
    }
}
