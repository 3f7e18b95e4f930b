package org.efficientnet4j.search.study;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** This process's claims on a study's trials, and those that lapsed. */
final class Claims {
    /** A trial whose process died this often is taken to be the reason. */
    private static final int MOST_ATTEMPTS = 3;

    private static final String CLAIMED =
            " WHERE state = 'RUNNING' AND machine = ? AND process = ? AND process_started = ?";

    private final StudyDatabase database;
    private final StudyClock clock;
    private final SignsOfLife signs;
    private final Worker worker = Worker.current();
    /** This process's claims, by the trial's number. */
    private final Map<Integer, Own> claimed = new HashMap<>();

    Claims(StudyDatabase database, StudyClock clock) {
        this.database = database;
        this.clock = clock;
        this.signs = new SignsOfLife(clock);
    }

    /**
     * A claim of this process.
     *
     * @param attempt of the trial; another process's claim is a later one
     * @param nanos its moment by the monotonic clock
     */
    private record Own(int attempt, long nanos) {}

    Optional<Trial> claimWaiting() throws SQLException {
        List<Trial> waiting = database.query("SELECT * FROM trial WHERE state = 'WAITING' ORDER BY number LIMIT 1");
        if (waiting.isEmpty()) {
            return Optional.empty();
        }
        int number = waiting.get(0).number();
        long now = clock.now();
        claimed.put(number, new Own(waiting.get(0).attempts() + 1, clock.nanos().getAsLong()));
        database.update(
                "UPDATE trial SET state = 'RUNNING', attempts = attempts + 1, machine = ?, process = ?,"
                        + " process_started = ?, started = ?, heartbeat = ?, curve = '', error = NULL WHERE number = ?",
                worker.machine(),
                worker.process(),
                worker.started(),
                now,
                now,
                number);
        return database.query("SELECT * FROM trial WHERE number = ?", number).stream()
                .findFirst();
    }

    /** Time that a running trial has run: of other processes' by the times of day, and 0 where those run backwards. */
    Duration ran(Trial trial) {
        Optional<Own> own = own(trial);
        if (own.isPresent()) {
            return Duration.ofMillis(clock.millisSince(own.get().nanos()));
        }
        long now = clock.now();
        return Duration.ofMillis(Math.max(
                0, trial.started().map(from -> now - from.toEpochMilli()).orElse(0L)));
    }

    private Optional<Own> own(Trial trial) {
        return Optional.ofNullable(claimed.get(trial.number())).filter(own -> own.attempt() == trial.attempts());
    }

    /** When a trial of this process ends that ends now: its start and the time it ran, whatever became of the clock. */
    long ending(Trial trial) {
        long started = trial.started().map(Instant::toEpochMilli).orElseGet(clock::now);
        return own(trial)
                .map(own -> started + clock.millisSince(own.nanos()))
                .orElseGet(() -> Math.max(started, clock.now()));
    }

    /** Gives this process's next sign of life: another number than the last, also when the clock is set back. */
    int renew() throws SQLException {
        long now = clock.now();
        return database.update(
                "UPDATE trial SET heartbeat = CASE heartbeat WHEN ? THEN ? ELSE ? END" + CLAIMED,
                now,
                now + 1,
                now,
                worker.machine(),
                worker.process(),
                worker.started());
    }

    /**
     * Gives back or fails what dead processes had claimed.
     *
     * @param recovered trials given back or failed
     * @param suspects processes of other machines that may be dead; asking again tells
     */
    record Recovery(int recovered, int suspects) {}

    Recovery recover() throws SQLException {
        int recovered = 0;
        int suspects = 0;
        for (StudyDatabase.Claimant claimant : database.claimants()) {
            switch (state(claimant)) {
                case ALIVE -> {}
                case SUSPECT -> suspects++;
                case DEAD -> recovered += release(claimant.worker());
            }
        }
        return new Recovery(recovered, suspects);
    }

    private SignsOfLife.Verdict state(StudyDatabase.Claimant claimant) {
        if (claimant.worker().isOfThisMachine()) {
            return claimant.worker().mayRun() ? SignsOfLife.Verdict.ALIVE : SignsOfLife.Verdict.DEAD;
        }
        return signs.judge(claimant.worker(), claimant.heartbeat());
    }

    private int release(Worker dead) throws SQLException {
        int failed = database.update(
                "UPDATE trial SET state = 'FAILED', error = 'Its process died ' || attempts || ' times',"
                        + " ended = MAX(started, COALESCE(heartbeat, started))" + CLAIMED + " AND attempts >= "
                        + MOST_ATTEMPTS,
                dead.machine(),
                dead.process(),
                dead.started());
        return failed
                + database.update(
                        "UPDATE trial SET state = 'WAITING'" + CLAIMED, dead.machine(), dead.process(), dead.started());
    }

    /** Changes a trial if this process has it, in this attempt; returns the number of rows changed. */
    int write(String sql, Trial trial, Object... values) throws SQLException {
        List<Object> all = new ArrayList<>(List.of(values));
        all.addAll(List.of(worker.machine(), worker.process(), worker.started(), trial.number(), trial.attempts()));
        return database.update(sql + CLAIMED + " AND number = ? AND attempts = ?", all.toArray());
    }
}
