package org.efficientnet4j.search.study;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.efficientnet4j.search.space.Choice;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;

/** A study's file: statements, transactions, and rows as trials. */
final class StudyDatabase implements AutoCloseable {
    static final String ALL_TRIALS = "SELECT * FROM trial ORDER BY number";

    private static final int BUSY_MILLIS = 60_000;

    private final Connection connection;

    private StudyDatabase(Connection connection) {
        this.connection = connection;
    }

    /** Work on the file. */
    interface Access<T> {
        T run() throws SQLException;
    }

    static StudyDatabase open(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.setTransactionMode(TransactionMode.IMMEDIATE);
        return new StudyDatabase(config.createConnection("jdbc:sqlite:" + file));
    }

    void createTables() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(TrialRows.SCHEMA);
            statement.execute("CREATE TABLE IF NOT EXISTS study (id INTEGER PRIMARY KEY, settings TEXT NOT NULL)");
        }
    }

    Optional<String> settings() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT settings FROM study")) {
            return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
        }
    }

    /** Processes that have claimed trials. */
    List<Worker> claimants() throws SQLException {
        List<Worker> workers = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT DISTINCT machine, process, process_started FROM trial WHERE state = 'RUNNING'")) {
            while (row.next()) {
                workers.add(new Worker(row.getString(1), row.getLong(2), row.getLong(3)));
            }
        }
        return workers;
    }

    void insert(int first, List<? extends Choice> choices, List<Long> seeds) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(TrialRows.INSERT)) {
            for (int i = 0; i < choices.size(); i++) {
                insert.clearParameters();
                TrialRows.bind(insert, first + i, choices.get(i), seeds);
                insert.executeUpdate();
            }
        }
    }

    List<Trial> query(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(sql, values);
                ResultSet rows = statement.executeQuery()) {
            List<Trial> trials = new ArrayList<>();
            while (rows.next()) {
                trials.add(TrialRows.read(rows));
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
