package org.efficientnet4j.search.study;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.efficientnet4j.data.InvalidInputException;
import org.efficientnet4j.search.space.CostedCoefficients;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;

/**
 * Every trial of a search, in one SQLite file. Each call is one transaction on disk: a process killed at any moment loses
 * at most the trial it was training, which {@link #recover} gives back, and a trial that ended is never given out again.
 * Threads and processes may share a study.
 */
public final class Study implements AutoCloseable {
    private static final int BUSY_MILLIS = 60_000;
    /** A trial whose process died this often is taken to be the reason. */
    private static final int MOST_ATTEMPTS = 3;

    private final Connection connection;
    private final Worker worker = Worker.current();

    private Study(Connection connection) {
        this.connection = connection;
    }

    /**
     * Opens a study, creating the file where there is none.
     *
     * @param settings what the search is, in one line; a study goes on only under the settings it was begun with
     * @throws InvalidInputException if the file is no study, cannot be written, or was begun with other settings
     */
    public static Study open(Path file, String settings) {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.setTransactionMode(TransactionMode.IMMEDIATE);
        try {
            Study study = new Study(config.createConnection("jdbc:sqlite:" + file));
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

    private void begin(Path file, String settings) throws SQLException {
        inTransaction(() -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute(TrialRows.SCHEMA);
                statement.execute("CREATE TABLE IF NOT EXISTS study (id INTEGER PRIMARY KEY, settings TEXT NOT NULL)");
            }
            update("INSERT OR IGNORE INTO study VALUES (1, ?)", settings);
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT settings FROM study")) {
                String begun = row.getString(1);
                if (!begun.equals(settings)) {
                    throw new InvalidInputException("The study " + file + " was begun with the settings \"" + begun
                            + "\", found \"" + settings + "\": go on with those, or name another --study");
                }
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
    public synchronized void enqueue(List<CostedCoefficients> choices, List<Long> seeds) {
        stored(() -> inTransaction(() -> {
            List<Trial> present = query("SELECT * FROM trial ORDER BY number");
            if (present.isEmpty()) {
                insert(choices, seeds);
            } else if (!present.stream().map(Trial::choice).toList().equals(choices)) {
                throw new InvalidInputException("The study holds " + present.size() + " trials that are not the "
                        + choices.size() + " asked for: go on with the same search, or name another --study");
            }
            return null;
        }));
    }

    /** Claims the waiting trial of the lowest number for this process; empty if none waits. */
    public synchronized Optional<Trial> claim() {
        return stored(() -> inTransaction(() -> {
            List<Trial> waiting = query("SELECT * FROM trial WHERE state = 'WAITING' ORDER BY number LIMIT 1");
            if (waiting.isEmpty()) {
                return Optional.empty();
            }
            int number = waiting.get(0).number();
            update(
                    "UPDATE trial SET state = 'RUNNING', attempts = attempts + 1, machine = ?, process = ?,"
                            + " process_started = ?, started = ?, curve = '', error = NULL WHERE number = ?",
                    worker.machine(),
                    worker.process(),
                    worker.started(),
                    System.currentTimeMillis(),
                    number);
            return Optional.of(
                    query("SELECT * FROM trial WHERE number = ?", number).get(0));
        }));
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
     * Ends a trial of this process with its score.
     *
     * @throws IllegalStateException if this process does not have the trial
     */
    public synchronized void complete(Trial trial, double score) {
        if (!Double.isFinite(score)) {
            throw new IllegalArgumentException("A score must be a finite number, found " + score);
        }
        end("UPDATE trial SET state = 'COMPLETE', score = ?, ended = ?", trial, score, System.currentTimeMillis());
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
        return stored(() -> inTransaction(() -> {
            int recovered = 0;
            for (Worker dead : claimants()) {
                if (!dead.mayRun()) {
                    recovered += giveBack(dead);
                }
            }
            return recovered;
        }));
    }

    /** Every trial by number. */
    public synchronized List<Trial> trials() {
        return stored(() -> query("SELECT * FROM trial ORDER BY number"));
    }

    /** The complete trial of the highest score, the earliest of equals. */
    public synchronized Optional<Trial> best() {
        return stored(() -> query("SELECT * FROM trial WHERE state = 'COMPLETE' ORDER BY score DESC, number LIMIT 1"))
                .stream()
                .findFirst();
    }

    @Override
    public synchronized void close() {
        stored(() -> {
            connection.close();
            return null;
        });
    }

    private void insert(List<CostedCoefficients> choices, List<Long> seeds) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(TrialRows.INSERT)) {
            for (int number = 0; number < choices.size(); number++) {
                TrialRows.bind(insert, number, choices.get(number), seeds);
                insert.executeUpdate();
            }
        }
    }

    private Set<Worker> claimants() throws SQLException {
        Set<Worker> workers = new LinkedHashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT DISTINCT machine, process, process_started FROM trial WHERE state = 'RUNNING'")) {
            while (row.next()) {
                workers.add(new Worker(row.getString(1), row.getLong(2), row.getLong(3)));
            }
        }
        return workers;
    }

    private int giveBack(Worker dead) throws SQLException {
        String claimed = " WHERE state = 'RUNNING' AND machine = ? AND process = ? AND process_started = ?";
        int failed = update(
                "UPDATE trial SET state = 'FAILED', error = 'Its process died ' || attempts || ' times', ended = ?"
                        + claimed + " AND attempts >= " + MOST_ATTEMPTS,
                System.currentTimeMillis(),
                dead.machine(),
                dead.process(),
                dead.started());
        return failed
                + update(
                        "UPDATE trial SET state = 'WAITING'" + claimed, dead.machine(), dead.process(), dead.started());
    }

    // Only the claimant may write, and only while its claim stands.
    private void end(String sql, Trial trial, Object... values) {
        List<Object> all = new ArrayList<>(List.of(values));
        all.addAll(List.of(trial.number(), trial.attempts(), worker.machine(), worker.process(), worker.started()));
        int written = stored(() -> update(
                sql + " WHERE number = ? AND attempts = ? AND state = 'RUNNING' AND machine = ? AND process = ?"
                        + " AND process_started = ?",
                all.toArray()));
        if (written != 1) {
            throw new IllegalStateException("Trial " + trial.number() + ", attempt " + trial.attempts()
                    + ", must be claimed by this process to be written to, and is not");
        }
    }

    private List<Trial> query(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(sql, values);
                ResultSet rows = statement.executeQuery()) {
            List<Trial> trials = new ArrayList<>();
            while (rows.next()) {
                trials.add(TrialRows.read(rows));
            }
            return trials;
        }
    }

    private int update(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(sql, values)) {
            return statement.executeUpdate();
        }
    }

    private PreparedStatement prepare(String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    private <T> T inTransaction(Access<T> access) throws SQLException {
        connection.setAutoCommit(false);
        try {
            T result = access.run();
            connection.commit();
            return result;
        } catch (SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private static <T> T stored(Access<T> access) {
        try {
            return access.run();
        } catch (SQLException e) {
            throw new StudyException("The study could not be read or written: " + e.getMessage(), e);
        }
    }

    /** Work on the connection. */
    private interface Access<T> {
        T run() throws SQLException;
    }
}
