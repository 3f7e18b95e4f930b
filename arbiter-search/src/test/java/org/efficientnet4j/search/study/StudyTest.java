package org.efficientnet4j.search.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
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

@Timeout(60)
class StudyTest {
    private final List<CostedCoefficients> choices = CoefficientSpace.of(
                    CoefficientGrid.standard(), 1, ModelCatalog.find("efficientnet_b0"), 10, CostLimits.NONE)
            .candidates();

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void createStudy() {
        file = folder.resolve("study.db");
        try (Study study = Study.open(file, "test")) {
            study.enqueue(choices, List.of(1L, 2L));
        }
    }

    @Test
    void remembersWhatBecameOfEveryTrial() {
        try (Study study = Study.open(file, "test")) {
            study.enqueue(choices, List.of(1L, 2L));
            Trial first = study.claim().orElseThrow();
            study.report(first, List.of(0.25, 0.5));
            study.complete(first, TrialOutcome.of(0.5));
            study.fail(study.claim().orElseThrow(), "out of memory");
            study.complete(study.claim().orElseThrow(), TrialOutcome.of(0.75));
        }
        try (Study study = Study.open(file, "test")) {
            List<Trial> trials = study.trials();
            assertEquals(choices, trials.stream().map(Trial::choice).toList());
            assertEquals(TrialState.COMPLETE, trials.get(0).state());
            assertEquals(OptionalDouble.of(0.5), trials.get(0).score());
            assertEquals(List.of(0.25, 0.5), trials.get(0).curve());
            assertEquals(List.of(1L, 2L), trials.get(0).seeds());
            assertEquals("out of memory", trials.get(1).error().orElseThrow());
            assertEquals(2, study.best().orElseThrow().number());
            assertEquals(3, study.claim().orElseThrow().number());
        }
    }

    @Test
    void aKilledProcessLosesOnlyTheTrialItWasIn() throws Exception {
        Process killed = start(5);
        waitUntilHanging(killed);
        try (Study study = Study.open(file, "test")) {
            assertEquals(0, study.recover(), "a living process keeps its trial");
            killed.destroyForcibly().waitFor();
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
        try (Study study = Study.open(file, "test")) {
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
        }
        try (Study study = Study.open(file, "test")) {
            assertEquals(1, study.recover());
            assertEquals(TrialState.FAILED, study.trials().get(0).state());
            assertEquals(1, study.claim().orElseThrow().number());
        }
    }

    @Test
    void onlyAStandingClaimIsWrittenTo() {
        try (Study study = Study.open(file, "test")) {
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
        assertThrows(InvalidInputException.class, () -> Study.open(file, "other"));
        try (Study study = Study.open(file, "test")) {
            assertThrows(InvalidInputException.class, () -> study.enqueue(choices.subList(1, 3), List.of(1L)));
        }
        Path text = Files.writeString(folder.resolve("notes.txt"), "This is not a database. ".repeat(100));
        assertThrows(InvalidInputException.class, () -> Study.open(text, "test"));
    }

    private void assertEveryTrialRanOnceExcept(int twice) {
        try (Study study = Study.open(file, "test")) {
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
}
