package org.efficientnet4j.search.study;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.search.space.Choice;

/**
 * Every trial of a search, in one SQLite file. Each call is one transaction on disk: a process killed at any moment loses
 * at most the trial it was training, which {@link #recover} gives back, and a trial that ended is never given out again.
 * Threads and processes may share a study.
 */
public final class Study implements AutoCloseable {
    /** A trial whose process died this often is taken to be the reason. */
    private static final int MOST_ATTEMPTS = 3;

    private final StudyDatabase database;
    private final Worker worker = Worker.current();

    private Study(StudyDatabase database) {
        this.database = database;
    }

    /**
     * Opens a study, creating the file where there is none.
     *
     * @param settings what the search is, in one line; a study goes on only under the settings it was begun with
     * @throws InvalidInputException if the file is no study, cannot be written, or was begun with other settings
     */
    public static Study open(Path file, String settings) {
        try {
            Study study = new Study(StudyDatabase.open(file));
            try {
                study.begin(file, settings);
                return study;
            } catch (SQLException | RuntimeException e) {
                study.close();
                throw e;
            }
        } catch (SQLException e) {
            throw new InvalidInputException(
                    "Cannot open " + file + " as a study (" + e.getMessage() + "): name another --study", e);
        }
    }

    /**
     * Opens a study that is there, whatever it was begun with.
     *
     * @throws InvalidInputException if there is none
     */
    public static Study open(Path file) {
        return open(
                file,
                settings(file)
                        .orElseThrow(() -> new InvalidInputException("There is no study " + file + ": check --study")));
    }

    /**
     * What a study was begun with; empty if there is no such file.
     *
     * @throws InvalidInputException if the file is no study
     */
    public static Optional<String> settings(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (StudyDatabase database = StudyDatabase.open(file)) {
            return database.settings();
        } catch (SQLException e) {
            throw new InvalidInputException(
                    "Cannot open " + file + " as a study (" + e.getMessage() + "): check --study", e);
        }
    }

    /** What this study is, as it was begun or last amended. */
    public synchronized String settings() {
        return stored(database::settings).orElseThrow();
    }

    /** Replaces the settings where a study may go on under others, for instance with more trials. */
    public synchronized void amend(String settings) {
        stored(() -> database.update("UPDATE study SET settings = ?", settings));
    }

    private void begin(Path file, String settings) throws SQLException {
        database.inTransaction(() -> {
            database.createTables();
            database.update("INSERT OR IGNORE INTO study VALUES (1, ?)", settings);
            String begun = database.settings().orElseThrow();
            if (!begun.equals(settings)) {
                throw new InvalidInputException("The study " + file + " was begun with the settings \"" + begun
                        + "\", found \"" + settings + "\": go on with those, or name another --study");
            }
            return null;
        });
    }

    /**
     * Writes the choices down as waiting trials, numbered in order, unless that was done before. All or none are written.
     *
     * @param seeds what each is trained with
     * @throws InvalidInputException if the study holds other choices
     */
    public synchronized void enqueue(List<? extends Choice> choices, List<Long> seeds) {
        stored(() -> database.inTransaction(() -> {
            List<Trial> present = database.query(StudyDatabase.ALL_TRIALS);
            if (present.isEmpty()) {
                database.insert(0, choices, seeds);
            } else if (!present.stream().map(Trial::choice).toList().equals(choices)) {
                throw new InvalidInputException("The study holds " + present.size() + " trials that are not the "
                        + choices.size() + " asked for: go on with the same search, or name another --study");
            }
            return null;
        }));
    }

    /** Claims the waiting trial of the lowest number for this process; empty if none waits. */
    public synchronized Optional<Trial> claim() {
        return stored(() -> database.inTransaction(this::claimWaiting));
    }

    /**
     * Claims a waiting trial; where none waits and there are fewer trials than wanted, has one proposed, adds it and
     * claims it. All in one transaction: the proposer sees every trial, of other processes too.
     *
     * @param wanted trials the study shall have
     * @param proposer makes the next choice of all trials so far; empty if it has nothing more to try
     * @param seeds what the new trial is trained with
     */
    public synchronized Optional<Trial> claimOrPropose(
            int wanted, Function<List<Trial>, Optional<? extends Choice>> proposer, List<Long> seeds) {
        return stored(() -> database.inTransaction(() -> {
            Optional<Trial> waiting = claimWaiting();
            if (waiting.isPresent()) {
                return waiting;
            }
            List<Trial> present = database.query(StudyDatabase.ALL_TRIALS);
            Optional<? extends Choice> next = present.size() < wanted ? proposer.apply(present) : Optional.empty();
            if (next.isEmpty()) {
                return Optional.empty();
            }
            database.insert(present.size(), List.of(next.get()), seeds);
            return claimWaiting();
        }));
    }

    private Optional<Trial> claimWaiting() throws SQLException {
        List<Trial> waiting = database.query("SELECT * FROM trial WHERE state = 'WAITING' ORDER BY number LIMIT 1");
        if (waiting.isEmpty()) {
            return Optional.empty();
        }
        int number = waiting.get(0).number();
        database.update(
                "UPDATE trial SET state = 'RUNNING', attempts = attempts + 1, machine = ?, process = ?,"
                        + " process_started = ?, started = ?, curve = '', error = NULL WHERE number = ?",
                worker.machine(),
                worker.process(),
                worker.started(),
                System.currentTimeMillis(),
                number);
        return database.query("SELECT * FROM trial WHERE number = ?", number).stream()
                .findFirst();
    }

    /**
     * Adds figures to a running trial's curve.
     *
     * @param curve all of it so far
     */
    public synchronized void report(Trial trial, List<Double> curve) {
        end("UPDATE trial SET curve = ?", trial, TrialRows.join(curve));
    }

    /**
     * Ends a trial of this process with its score and measures.
     *
     * @throws IllegalStateException if this process does not have the trial
     */
    public synchronized void complete(Trial trial, TrialOutcome outcome) {
        if (!Double.isFinite(outcome.score())) {
            throw new IllegalArgumentException("A score must be a finite number, found " + outcome.score());
        }
        end(
                "UPDATE trial SET state = 'COMPLETE', score = ?, measures = ?, ended = ?",
                trial,
                outcome.score(),
                TrialRows.join(outcome.measures()),
                System.currentTimeMillis());
    }

    /**
     * Ends a trial of this process before its time.
     *
     * @param score the last figure of its curve
     * @throws IllegalStateException if this process does not have the trial
     */
    public synchronized void prune(Trial trial, double score) {
        end("UPDATE trial SET state = 'PRUNED', score = ?, ended = ?", trial, score, System.currentTimeMillis());
    }

    /**
     * Gives a trial of this process back as if it had never been claimed.
     *
     * @throws IllegalStateException if this process does not have the trial
     */
    public synchronized void giveBack(Trial trial) {
        end("UPDATE trial SET state = 'WAITING', attempts = attempts - 1, curve = ''", trial);
    }

    /**
     * Ends a trial of this process with an error.
     *
     * @throws IllegalStateException if this process does not have the trial
     */
    public synchronized void fail(Trial trial, String error) {
        end("UPDATE trial SET state = 'FAILED', error = ?, ended = ?", trial, error, System.currentTimeMillis());
    }

    /**
     * Gives back what processes of this machine that are no longer there had claimed. A trial whose process died three
     * times fails instead. Claims of other machines stand.
     *
     * @return how many trials were given back or failed
     */
    public synchronized int recover() {
        return stored(() -> database.inTransaction(() -> {
            int recovered = 0;
            for (Worker dead : database.claimants()) {
                if (!dead.mayRun()) {
                    recovered += release(dead);
                }
            }
            return recovered;
        }));
    }

    /** Every trial by number. */
    public synchronized List<Trial> trials() {
        return stored(() -> database.query(StudyDatabase.ALL_TRIALS));
    }

    /** The complete trial of the highest score, the earliest of equals. */
    public synchronized Optional<Trial> best() {
        return stored(() -> database.query(
                        "SELECT * FROM trial WHERE state = 'COMPLETE' ORDER BY score DESC, number LIMIT 1"))
                .stream()
                .findFirst();
    }

    @Override
    public synchronized void close() {
        stored(() -> {
            database.close();
            return null;
        });
    }

    private int release(Worker dead) throws SQLException {
        String claimed = " WHERE state = 'RUNNING' AND machine = ? AND process = ? AND process_started = ?";
        int failed = database.update(
                "UPDATE trial SET state = 'FAILED', error = 'Its process died ' || attempts || ' times', ended = ?"
                        + claimed + " AND attempts >= " + MOST_ATTEMPTS,
                System.currentTimeMillis(),
                dead.machine(),
                dead.process(),
                dead.started());
        return failed
                + database.update(
                        "UPDATE trial SET state = 'WAITING'" + claimed, dead.machine(), dead.process(), dead.started());
    }

    // Only the claimant may write, and only while its claim stands.
    private void end(String sql, Trial trial, Object... values) {
        List<Object> all = new ArrayList<>(List.of(values));
        all.addAll(List.of(trial.number(), trial.attempts(), worker.machine(), worker.process(), worker.started()));
        int written = stored(() -> database.update(
                sql + " WHERE number = ? AND attempts = ? AND state = 'RUNNING' AND machine = ? AND process = ?"
                        + " AND process_started = ?",
                all.toArray()));
        if (written != 1) {
            throw new IllegalStateException("Trial " + trial.number() + ", attempt " + trial.attempts()
                    + ", must be claimed by this process to be written to, and is not");
        }
    }

    private static <T> T stored(StudyDatabase.Access<T> access) {
        try {
            return access.run();
        } catch (SQLException e) {
            throw new StudyException("The study could not be read or written: " + e.getMessage(), e);
        }
    }
}
