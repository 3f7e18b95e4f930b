package org.efficientnet4j.search.study;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** This process's claims on a study's trials, and those that lapsed. */
final class Claims {
    /** A claim of another machine lapses when its process gave no sign for so long. */
    static final Duration LEASE = Duration.ofMinutes(10);

    /** A trial whose process died this often is taken to be the reason. */
    private static final int MOST_ATTEMPTS = 3;

    private static final String CLAIMED =
            " WHERE state = 'RUNNING' AND machine = ? AND process = ? AND process_started = ?";

    private final StudyDatabase database;
    private final Worker worker = Worker.current();

    Claims(StudyDatabase database) {
        this.database = database;
    }

    Optional<Trial> claimWaiting() throws SQLException {
        List<Trial> waiting = database.query("SELECT * FROM trial WHERE state = 'WAITING' ORDER BY number LIMIT 1");
        if (waiting.isEmpty()) {
            return Optional.empty();
        }
        int number = waiting.get(0).number();
        long now = System.currentTimeMillis();
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

    /** Sets the time of this process's last sign of life. */
    int renew() throws SQLException {
        return database.update(
                "UPDATE trial SET heartbeat = ?" + CLAIMED,
                System.currentTimeMillis(),
                worker.machine(),
                worker.process(),
                worker.started());
    }

    /** Gives back or fails what dead processes had claimed, and counts it. */
    int recover(long now) throws SQLException {
        int recovered = 0;
        for (StudyDatabase.Claimant claimant : database.claimants()) {
            boolean lapsed = now - claimant.heartbeat() > LEASE.toMillis();
            if (claimant.worker().isOfThisMachine() ? !claimant.worker().mayRun() : lapsed) {
                recovered += release(claimant.worker());
            }
        }
        return recovered;
    }

    private int release(Worker dead) throws SQLException {
        int failed = database.update(
                "UPDATE trial SET state = 'FAILED', error = 'Its process died ' || attempts || ' times', ended = ?"
                        + CLAIMED + " AND attempts >= " + MOST_ATTEMPTS,
                System.currentTimeMillis(),
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
