package org.efficientnet4j.search.study;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.models.ModelCatalog;
import org.efficientnet4j.search.space.CoefficientGrid;
import org.efficientnet4j.search.space.CoefficientSpace;
import org.efficientnet4j.search.space.CostLimits;
import org.efficientnet4j.search.space.CostedCoefficients;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class StudyTest {
    private final List<CostedCoefficients> choices = CoefficientSpace.of(
                    CoefficientGrid.standard(), 1, ModelCatalog.find("efficientnet_b0"), 10, CostLimits.NONE)
            .candidates();

    private static final Upgrade NO_UPGRADE = new Upgrade() {
        @Override
        public String specification(String settings) {
            throw new AssertionError("The study is of the current version");
        }

        @Override
        public Trial trial(String settings, Trial trial) {
            throw new AssertionError("The study is of the current version");
        }
    };

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void createStudy() {
        file = folder.resolve("study.db");
        try (Study study = Study.create(file, "test")) {
            study.enqueue(choices, List.of(1L, 2L));
        }
    }

    @Test
    void remembersWhatBecameOfEveryTrial() {
        try (Study study = Study.open(file)) {
            study.enqueue(choices, List.of(1L, 2L));
            Trial first = study.claim().orElseThrow();
            study.report(first, List.of(List.of(0.25), List.of(0.5)));
            study.complete(first, TrialOutcome.of(0.5));
            study.fail(study.claim().orElseThrow(), "out of memory");
            study.complete(study.claim().orElseThrow(), TrialOutcome.of(0.75));
        }
        try (Study study = Study.open(file)) {
            List<Trial> trials = study.trials();
            assertEquals(choices, trials.stream().map(Trial::choice).toList());
            assertEquals(TrialState.COMPLETE, trials.get(0).state());
            assertEquals(OptionalDouble.of(0.5), trials.get(0).score());
            assertEquals(List.of(List.of(0.25), List.of(0.5)), trials.get(0).curves());
            assertEquals(List.of(0.25, 0.5), trials.get(0).curve());
            assertEquals(List.of(1L, 2L), trials.get(0).seeds());
            assertEquals("out of memory", trials.get(1).error().orElseThrow());
            assertEquals(
                    2,
                    BestTrials.best(trials, OptionalDouble.empty())
                            .orElseThrow()
                            .number());
            assertEquals(3, study.claim().orElseThrow().number());
        }
    }

    @Test
    void aKilledProcessLosesOnlyTheTrialItWasIn() throws Exception {
        Process killed = start(5);
        waitUntilHanging(killed);
        try (Study study = Study.open(file)) {
            assertEquals(0, study.recover(), "a living process keeps its trial");
            killed.destroyForcibly().waitFor();
            try (Study reader = Study.read(file, NO_UPGRADE)) {
                assertEquals(TrialState.RUNNING, reader.trials().get(5).state());
            }
            assertEquals(1, study.recover());
            assertEquals(TrialState.WAITING, study.trials().get(5).state());
        }
        assertEquals(0, start(-1).waitFor());
        assertEveryTrialRanOnceExcept(5);
    }

    /** SIGKILL after random times, until nothing is left: no trial is lost, none that was stored runs again. */
    @Test
    void killsAtRandomMomentsLoseNothingAndRepeatNothing() throws Exception {
        Random random = new Random(7);
        int kills = 0;
        for (boolean ended = false; !ended; ) {
            Process worker = start(-1, 15);
            waitFor("working", worker);
            ended = worker.waitFor(300 + random.nextInt(400), TimeUnit.MILLISECONDS);
            if (!ended) {
                worker.destroyForcibly().waitFor();
                kills++;
            } else {
                assertEquals(0, worker.exitValue());
            }
        }
        assertTrue(kills >= 2, "kills: " + kills);
        try (Study study = Study.open(file)) {
            assertTrue(study.trials().stream().allMatch(trial -> trial.state() == TrialState.COMPLETE));
        }
        List<String> completed = Files.readAllLines(StudyWorker.journal(file));
        assertEquals(completed.size(), new HashSet<>(completed).size(), "a stored trial ran again");
        assertTrue(completed.size() >= choices.size() - kills);
    }

    @Test
    void twoProcessesShareAStudy() throws Exception {
        Process one = start(-1);
        Process two = start(-1);
        assertEquals(0, one.waitFor());
        assertEquals(0, two.waitFor());
        assertEveryTrialRanOnceExcept(-1);
    }

    @Test
    void aTrialThatKillsItsProcessThreeTimesFails() throws Exception {
        for (int i = 0; i < 3; i++) {
            Process killed = start(0);
            waitUntilHanging(killed);
            killed.destroyForcibly().waitFor();
            try (Study reader = Study.read(file, NO_UPGRADE)) { // with the log that the dead process left
                assertEquals(TrialState.RUNNING, reader.trials().get(0).state());
            }
        }
        try (Study study = Study.open(file)) {
            assertEquals(1, study.recover());
            assertEquals(TrialState.FAILED, study.trials().get(0).state());
            assertEquals(1, study.claim().orElseThrow().number());
        }
    }

    @Test
    void onlyAStandingClaimIsWrittenTo() {
        try (Study study = Study.open(file)) {
            Trial trial = study.claim().orElseThrow();
            study.complete(trial, TrialOutcome.of(1));
            assertThrows(IllegalStateException.class, () -> study.complete(trial, TrialOutcome.of(2)));
            assertThrows(
                    IllegalStateException.class, () -> study.fail(study.trials().get(1), "never claimed"));
            assertEquals(OptionalDouble.of(1), study.trials().get(0).score());
        }
    }

    @Test
    void refusesAnotherSearchAndAFileThatIsNoStudy() throws IOException {
        assertThrows(InvalidInputException.class, () -> Study.create(file, "other"));
        try (Study study = Study.open(file)) {
            assertThrows(InvalidInputException.class, () -> study.enqueue(choices.subList(1, 3), List.of(1L)));
        }
        Path text = Files.writeString(folder.resolve("notes.txt"), "This is not a database. ".repeat(100));
        assertThrows(InvalidInputException.class, () -> Study.open(text));
    }

    @Test
    void theBestKeepsTheLatencyBudget() {
        try (Study study = Study.open(file)) {
            for (double latency : List.of(10.0, 30.0, 20.0)) {
                study.complete(
                        study.claim().orElseThrow(),
                        new TrialOutcome(latency, Map.of(TrialOutcome.LATENCY_MILLIS, latency)));
            }
            study.complete(study.claim().orElseThrow(), TrialOutcome.of(99)); // not measured
            List<Trial> trials = study.trials();
            assertEquals(3, number(BestTrials.best(trials, OptionalDouble.empty())));
            assertEquals(2, number(BestTrials.best(trials, OptionalDouble.of(25))));
            assertTrue(BestTrials.best(trials, OptionalDouble.of(5)).isEmpty());
        }
    }

    private static int number(Optional<Trial> trial) {
        return trial.orElseThrow().number();
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Each change makes the file no study; the message names what is wrong and nothing is written. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PRAGMA user_version = 7 | found 7",
                "PRAGMA user_version = -1 | found -1",
                "DROP TABLE trial | table 'trial'",
                "DROP TABLE study | table 'study'",
                "ALTER TABLE trial DROP COLUMN macs | column 'macs'",
                "ALTER TABLE trial DROP COLUMN heartbeat | column 'heartbeat'",
                "ALTER TABLE trial RENAME TO t; CREATE VIEW trial AS SELECT * FROM t | table 'trial'",
                "CREATE TRIGGER x AFTER UPDATE ON trial BEGIN DELETE FROM trial; END | triggers, found 'x'",
                "DELETE FROM study | must have a row",
                "UPDATE trial SET state = 'PAUSED' WHERE number = 3 | found 'PAUSED'",
                "UPDATE trial SET state = 'COMPLETE' WHERE number = 3 | finite score, found none",
                "UPDATE trial SET state = 'COMPLETE', score = 9e999 WHERE number = 3 | finite score, found Infinity",
                "UPDATE trial SET seeds = 'one' WHERE number = 3 | Trial 3 of the study",
                "UPDATE trial SET curve = '0.1,,0.2' WHERE number = 3 | malformed number",
                "UPDATE trial SET measures = 'accuracy' WHERE number = 3 | NAME=NUMBER",
                "UPDATE trial SET alpha = NULL WHERE number = 3 | Trial 3 of the study",
                "UPDATE trial SET size = -1 WHERE number = 3 | at least 1, found -1",
                "UPDATE trial SET blocks = 'r1' WHERE number = 3 | Trial 3 of the study",
                "UPDATE trial SET error = zeroblob(20000000) WHERE number = 3 | too big",
            })
    void aChangedFileIsRefusedByName(String sql, String message) throws Exception {
        execute(sql.split("; (?!END)", -1));
        InvalidInputException refused = assertThrows(InvalidInputException.class, () -> {
            try (Study study = Study.read(file, NO_UPGRADE)) {
                study.specification();
                study.trials();
            }
        });
        assertTrue(refused.getMessage().contains(message), refused.getMessage());
    }

    @Test
    void damagedAndEmptyFilesAreRefused() throws Exception {
        Path empty = Files.createFile(folder.resolve("empty.db"));
        assertTrue(assertThrows(InvalidInputException.class, () -> Study.open(empty))
                .getMessage()
                .contains("empty file"));
        assertTrue(assertThrows(InvalidInputException.class, () -> Study.open(folder))
                .getMessage()
                .contains("folder"));
        assertThrows(InvalidInputException.class, () -> Study.create(empty, "test"));
        assertEquals(0, Files.size(empty));
        byte[] whole = Files.readAllBytes(file);
        Random random = new Random(3);
        for (int i = 0; i < 60; i++) {
            byte[] damaged = i % 3 == 0 ? Arrays.copyOf(whole, 1 + random.nextInt(whole.length)) : whole.clone();
            for (int change = 0; i % 3 != 0 && change < 200; change++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            Path copy = Files.write(folder.resolve("damaged" + i + ".db"), damaged);
            try (Study study = Study.read(copy, NO_UPGRADE)) {
                study.trials();
            } catch (InvalidInputException e) {
                assertTrue(e.getMessage().contains("damaged" + i), e.getMessage());
            }
        }
    }

    /** Names that a URI or SQLite's own parameters would take for something else. */
    @ParameterizedTest
    @ValueSource(strings = {"what?mode=memory.db", "50%25.db", "a#b.db", "with blank.db", "\u00fcber.db"})
    void anyFileNameWillDo(String name) {
        Path odd = folder.resolve(name);
        Study.create(odd, "odd").close();
        assertTrue(Files.exists(odd));
        try (Study study = Study.read(odd, NO_UPGRADE)) {
            assertEquals("odd", study.specification());
        }
    }

    @Test
    void readingChangesNothing() throws Exception {
        byte[] before = Files.readAllBytes(file);
        try (Study study = Study.read(file, NO_UPGRADE)) {
            assertEquals(choices.size(), study.trials().size());
            assertThrows(RuntimeException.class, study::claim);
        }
        assertArrayEquals(before, Files.readAllBytes(file));
    }

    @Test
    void aLongErrorIsCut() {
        try (Study study = Study.open(file)) {
            study.fail(study.claim().orElseThrow(), "x".repeat(1_000_000));
            assertTrue(study.trials().get(0).error().orElseThrow().length() < 20_000);
        }
    }

    private void assertEveryTrialRanOnceExcept(int twice) {
        try (Study study = Study.open(file)) {
            for (Trial trial : study.trials()) {
                assertEquals(TrialState.COMPLETE, trial.state());
                assertEquals(trial.number(), trial.score().orElseThrow());
                assertEquals(trial.number() == twice ? 2 : 1, trial.attempts());
            }
        }
    }

    private Process start(int hangIn) throws IOException {
        return start(hangIn, 2);
    }

    private Process start(int hangIn, int millis) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StudyWorker.class.getName(),
                        file.toString(),
                        String.valueOf(hangIn),
                        String.valueOf(millis))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static void waitUntilHanging(Process process) throws IOException {
        waitFor("hanging", process);
        assertTrue(process.isAlive());
    }

    private static void waitFor(String line, Process process) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String read = lines.readLine();
        while (read != null && !read.equals(line)) {
            read = lines.readLine();
        }
        assertEquals(line, read);
    }

    /** Version 1 had neither roles nor answers: it is read as it is, and brought to this version when it goes on. */
    @Test
    void aStudyOfVersionOneIsReadAndGoesOn() throws SQLException {
        try (Study study = Study.open(file)) {
            study.complete(study.claim().orElseThrow(), TrialOutcome.of(0.5));
        }
        sql(
                "ALTER TABLE trial DROP COLUMN role",
                "ALTER TABLE trial DROP COLUMN repeats",
                "ALTER TABLE trial DROP COLUMN answers",
                "PRAGMA user_version = 1");
        try (Study read = Study.read(file, NO_UPGRADE)) {
            assertEquals(TrialRole.SEARCH, read.trials().get(0).role());
            assertEquals(OptionalDouble.of(0.5), read.trials().get(0).score());
        }
        try (Study study = Study.open(file)) {
            assertEquals(choices.size(), study.trials().size());
            Answers answers = new Answers(9, BitSet.valueOf(new long[] {0b101001011}));
            study.complete(study.claim().orElseThrow(), new TrialOutcome(0.75, Map.of(), List.of(answers)));
            Trial kept = study.trials().get(1);
            assertEquals(List.of(answers), kept.answers());
            assertEquals(5, kept.answers().get(0).right());
        }
    }

    /** Repetitions are no trials of the search: they are asked for twice and added once. */
    @Test
    void repetitionsAreAddedOnce() {
        try (Study study = Study.open(file)) {
            assertEquals(2, study.enqueueRepeats(List.of(3, 1), TrialRole.CONFIRM, List.of(7L, 8L)));
            assertEquals(0, study.enqueueRepeats(List.of(1, 3), TrialRole.CONFIRM, List.of(7L, 8L)));
            assertEquals(1, study.enqueueRepeats(List.of(3), TrialRole.TEST, List.of(7L, 8L)));
            Trial repetition = study.trials().get(choices.size());
            assertEquals(3, repetition.repeats().orElseThrow());
            assertEquals(choices.get(3), repetition.choice());
            assertEquals(List.of(7L, 8L), repetition.seeds());
            study.enqueue(choices, List.of(1L, 2L));
            assertThrows(
                    InvalidInputException.class,
                    () -> study.enqueueRepeats(List.of(9999), TrialRole.CONFIRM, List.of(1L)));
        }
    }

    private void sql(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (String one : statements) {
                statement.execute(one);
            }
        }
    }
}
