package org.efficientnet4j.search.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.efficientnet4j.models.ModelCatalog;
import org.efficientnet4j.search.runner.StudyRunner;
import org.efficientnet4j.search.space.CoefficientGrid;
import org.efficientnet4j.search.space.CoefficientSpace;
import org.efficientnet4j.search.space.CostLimits;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A study whose clock is set, forwards or backwards, and machines whose clocks differ. */
@Timeout(60)
class ClockJumpTest {
    private static final long HALF_MINUTE = 30_000;

    @TempDir
    private Path folder;

    private Path file;

    /** The time of day and the monotonic clock of one machine, in milliseconds. */
    private static final class Clocks {
        private long wall = 1_700_000_000_000L;
        private long steady;

        void pass(long millis) {
            wall += millis;
            steady += millis;
        }

        StudyClock clock() {
            return new StudyClock(() -> wall, () -> steady * 1_000_000);
        }
    }

    private final Clocks ours = new Clocks();
    private final Clocks theirs = new Clocks();

    @BeforeEach
    void createStudy() {
        file = folder.resolve("study.db");
        try (Study study = Study.create(file, "test")) {
            study.enqueue(space().candidates(), List.of(1L));
        }
    }

    private static CoefficientSpace space() {
        return CoefficientSpace.of(
                CoefficientGrid.standard(), 1, ModelCatalog.find("efficientnet_b0"), 10, CostLimits.NONE);
    }

    private Study open(Clocks clocks) {
        return Study.open(file, Optional.empty(), clocks.clock());
    }

    @ParameterizedTest
    @ValueSource(longs = {-86_400_000, -3_600_000, 3_600_000, 86_400_000})
    void aTrialRanAsLongAsItDidWhateverTheClockWasSetTo(long jump) {
        try (Study study = open(ours)) {
            Trial complete = study.claim().orElseThrow();
            Trial pruned = study.claim().orElseThrow();
            Trial failed = study.claim().orElseThrow();
            ours.pass(60_000);
            ours.wall += jump;
            ours.pass(30_000);
            assertEquals(Duration.ofSeconds(90), study.ran(complete));
            study.complete(complete, TrialOutcome.of(1));
            study.prune(pruned, 0.5);
            study.fail(failed, "no memory");
            for (int i = 0; i < 3; i++) {
                assertEquals(
                        Duration.ofSeconds(90), study.trials().get(i).duration().orElseThrow());
            }
        }
    }

    @Test
    void aTrialOfAnotherProcessNeverRanLessThanNothing() {
        try (Study study = open(theirs);
                Study watching = open(ours)) {
            Trial trial = study.claim().orElseThrow();
            ours.wall += 5000;
            assertEquals(Duration.ofSeconds(5), watching.ran(trial));
            ours.wall -= 3_600_000;
            assertEquals(Duration.ZERO, watching.ran(trial));
        }
    }

    /** For hours, however the two clocks differ and are set meanwhile. */
    @ParameterizedTest
    @ValueSource(longs = {-86_400_000, -3_600_000, 0, 3_600_000, 86_400_000})
    void aLivingProcessOfAnotherMachineKeepsItsTrial(long jump) throws SQLException {
        try (Study study = open(theirs);
                Study watching = open(ours)) {
            Trial trial = study.claim().orElseThrow();
            moveElsewhere();
            for (int i = 0; i < 240; i++) {
                ours.pass(HALF_MINUTE);
                theirs.pass(HALF_MINUTE);
                ours.wall += i == 40 ? jump : 0;
                theirs.wall += i == 120 ? jump : 0;
                beatElsewhere(study);
                assertFalse(watching.recoverOrWatch(), "after " + i / 2.0 + " minutes");
            }
            assertEquals(
                    TrialState.RUNNING, watching.trials().get(trial.number()).state());
        }
    }

    @Test
    void aDeadProcessOfAnotherMachineLosesItsTrialAfterALease() throws SQLException {
        try (Study study = open(theirs);
                Study watching = open(ours)) {
            Trial lost = study.claim().orElseThrow();
            moveElsewhere();
            assertEquals(0, watching.recover());
            ours.pass(SignsOfLife.LEASE.toMillis() - 1);
            assertEquals(0, watching.recover());
            ours.pass(2);
            assertEquals(1, watching.recover());
            assertEquals(TrialState.WAITING, watching.trials().get(0).state());
            assertThrows(ClaimLostException.class, () -> study.complete(lost, TrialOutcome.of(1)));
        }
    }

    /** Its last time of day lies in the past, or ahead, since its clock or ours was set. */
    @ParameterizedTest
    @ValueSource(longs = {-86_400_000, -3_600_000, 3_600_000, 86_400_000, 31_536_000_000L})
    void aProcessThatIsLongDeadIsKnownInTwoMinutes(long jump) throws SQLException {
        try (Study study = open(theirs);
                Study watching = open(ours)) {
            assertTrue(study.claim().isPresent());
            moveElsewhere();
            ours.wall += jump;
            assertEquals(0, watching.recover());
            assertTrue(watching.recoverOrWatch(), "watched");
            ours.pass(SignsOfLife.CONFIRMATION.toMillis() + 1);
            assertEquals(1, watching.recover());
            assertEquals(0, watching.claim().orElseThrow().number());
        }
    }

    /** The last trial is another machine's, whose process died a day ago; the clock goes on by a minute at each look. */
    @Test
    void aRunWaitsUntilALongDeadProcessIsKnownToBe() throws SQLException {
        StudyClock hasty = new StudyClock(() -> ours.wall, () -> (ours.steady += 60_000) * 1_000_000);
        try (Study study = open(theirs);
                Study running = Study.open(file, Optional.empty(), hasty)) {
            int lost = study.claim().orElseThrow().number();
            moveElsewhere();
            ours.wall += 86_400_000;
            new StudyRunner<>(running, space(), (trial, progress) -> Optional.of(TrialOutcome.of(1)), 1)
                    .run(Integer.MAX_VALUE);
            assertEquals(TrialState.COMPLETE, running.trials().get(lost).state());
            assertEquals(2, running.trials().get(lost).attempts());
        }
    }

    @Test
    void anotherProcesssAttemptIsNotTimedByOurEarlierOne() throws SQLException {
        try (Study study = open(ours)) {
            Trial trial = study.claim().orElseThrow();
            ours.pass(60_000);
            execute("UPDATE trial SET process = process + 1, attempts = 2, started = " + ours.wall);
            ours.pass(5_000);
            Trial theirs = study.trials().get(trial.number());
            assertEquals(Duration.ofSeconds(5), study.ran(theirs));
        }
    }

    @Test
    void heartbeatsDifferAlsoWhereTheClockStandsStill() throws SQLException {
        try (Study study = open(ours)) {
            assertTrue(study.claim().isPresent());
            long first = heartbeat();
            study.heartbeat();
            long second = heartbeat();
            study.heartbeat();
            assertNotEquals(first, second);
            assertNotEquals(second, heartbeat());
        }
    }

    private void moveElsewhere() throws SQLException {
        execute("UPDATE trial SET machine = 'elsewhere' WHERE state = 'RUNNING'");
    }

    // The other machine's process is this one by name, but for the moment of its heartbeat.
    private void beatElsewhere(Study study) throws SQLException {
        String here = Worker.current().machine();
        execute("UPDATE trial SET machine = '" + here + "' WHERE state = 'RUNNING'");
        study.heartbeat();
        moveElsewhere();
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private long heartbeat() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            return statement
                    .executeQuery("SELECT heartbeat FROM trial WHERE state = 'RUNNING'")
                    .getLong(1);
        }
    }
}
