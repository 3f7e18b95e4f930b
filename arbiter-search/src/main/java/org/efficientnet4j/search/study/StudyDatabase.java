package org.efficientnet4j.search.study;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.efficientnet4j.search.space.Choice;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteLimits;

/** A connection to a study's file: statements, transactions, and rows as trials. */
final class StudyDatabase implements AutoCloseable {
    static final String ALL_TRIALS = "SELECT * FROM trial ORDER BY number";
    static final String SEARCH_TRIALS = "SELECT * FROM trial WHERE role = 'SEARCH' ORDER BY number";

    private static final int BUSY_MILLIS = 60_000;
    /** Bytes of a text or a row; longer ones, which only a damaged or hostile file has, are refused by SQLite. */
    private static final int LONGEST_TEXT = 1 << 24;

    private final Connection connection;
    private final Path file;

    private StudyDatabase(Connection connection, Path file) {
        this.connection = connection;
        this.file = file;
    }

    /** Work on the file. */
    interface Access<T> {
        T run() throws SQLException;
    }

    /** Opens a file for reading and writing, creating it where there is none. */
    static StudyDatabase open(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.setTransactionMode(TransactionMode.IMMEDIATE);
        return connect(config, file, "");
    }

    /** Opens a file for reading alone: nothing in it changes, whatever is in it. */
    static StudyDatabase openReadOnly(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        Path folder = file.toAbsolutePath().getParent();
        boolean alone = !Files.exists(file.resolveSibling(file.getFileName() + "-wal"));
        // SQLite makes its shared memory file beside the database; where it may not, nobody else writes either.
        return connect(config, file, alone && !Files.isWritable(folder) ? "?immutable=1" : "");
    }

    private static StudyDatabase connect(SQLiteConfig config, Path file, String query) throws SQLException {
        config.setBusyTimeout(BUSY_MILLIS);
        Connection connection =
                config.createConnection("jdbc:sqlite:" + file.toAbsolutePath().toUri() + query);
        if (connection instanceof SQLiteConnection sqlite) {
            sqlite.setLimit(SQLiteLimits.SQLITE_LIMIT_LENGTH, LONGEST_TEXT);
        }
        StudyDatabase database = new StudyDatabase(connection, file);
        database.execute("PRAGMA trusted_schema = OFF");
        return database;
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column of a query's rows. */
    List<String> texts(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(sql, values);
                ResultSet rows = statement.executeQuery()) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }

    Optional<String> text(String sql, Object... values) throws SQLException {
        return texts(sql, values).stream().findFirst();
    }

    /** Processes that have claimed trials, with the last time that each was known to run. */
    List<Claimant> claimants() throws SQLException {
        List<Claimant> claimants = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT machine, process, process_started,"
                        + " MAX(COALESCE(heartbeat, started)) FROM trial WHERE state = 'RUNNING' GROUP BY 1, 2, 3")) {
            while (row.next()) {
                Worker worker = new Worker(String.valueOf(row.getString(1)), row.getLong(2), row.getLong(3));
                claimants.add(new Claimant(worker, row.getLong(4)));
            }
        }
        return claimants;
    }

    /**
     * A process with claims.
     *
     * @param worker which one
     * @param heartbeat when it was last known to run, milliseconds since 1970
     */
    record Claimant(Worker worker, long heartbeat) {}

    void insert(int first, List<? extends Choice> choices, List<Long> seeds) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(TrialRows.INSERT)) {
            for (int i = 0; i < choices.size(); i++) {
                insert.clearParameters();
                TrialRows.bind(insert, first + i, choices.get(i), seeds);
                insert.executeUpdate();
            }
        }
    }

    void insertRepeat(int number, Trial repeated, TrialRole role, List<Long> seeds) throws SQLException {
        insert(number, List.of(repeated.choice()), seeds);
        update("UPDATE trial SET role = ?, repeats = ? WHERE number = ?", role.name(), repeated.number(), number);
    }

    /** Writes a trial with its outcome, if it has one. */
    void insertEnded(Trial trial) throws SQLException {
        insert(trial.number(), List.of(trial.choice()), trial.seeds());
        update(
                "UPDATE trial SET state = ?, attempts = ?, machine = ?, started = ?, ended = ?, score = ?, measures = ?,"
                        + " curve = ?, answers = ? WHERE number = ?",
                trial.state().name(),
                trial.attempts(),
                trial.machine().orElse(null),
                trial.started().map(Instant::toEpochMilli).orElse(null),
                trial.ended().map(Instant::toEpochMilli).orElse(null),
                trial.score().isPresent() ? trial.score().getAsDouble() : null,
                TrialRows.join(trial.measures()),
                TrialRows.joinCurves(trial.curves()),
                TrialRows.joinAnswers(trial.answers()),
                trial.number());
    }

    List<Trial> query(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(sql, values);
                ResultSet rows = statement.executeQuery()) {
            List<Trial> trials = new ArrayList<>();
            while (rows.next()) {
                trials.add(TrialRows.read(rows, file));
            }
            return trials;
        }
    }

    int update(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(sql, values)) {
            return statement.executeUpdate();
        }
    }

    <T> T inTransaction(Access<T> access) throws SQLException {
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

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private PreparedStatement prepare(String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }
}
