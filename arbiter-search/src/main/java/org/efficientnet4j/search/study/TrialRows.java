package org.efficientnet4j.search.study;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.efficientnet4j.scaling.ModelCost;
import org.efficientnet4j.search.space.Coefficients;
import org.efficientnet4j.search.space.CostedCoefficients;

/** Trials as rows of the table, and back. */
final class TrialRows {
    static final String SCHEMA = """
            CREATE TABLE IF NOT EXISTS trial (
                number INTEGER PRIMARY KEY,
                alpha REAL NOT NULL, beta REAL NOT NULL, gamma REAL NOT NULL, phi REAL NOT NULL,
                size INTEGER NOT NULL, trainable_parameters INTEGER NOT NULL, total_parameters INTEGER NOT NULL,
                macs INTEGER NOT NULL, activation_bytes INTEGER NOT NULL,
                seeds TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'WAITING', attempts INTEGER NOT NULL DEFAULT 0,
                machine TEXT, process INTEGER, process_started INTEGER,
                started INTEGER, ended INTEGER, score REAL, curve TEXT NOT NULL DEFAULT '', error TEXT)""";
    static final String INSERT = """
            INSERT INTO trial (number, alpha, beta, gamma, phi, size,
                trainable_parameters, total_parameters, macs, activation_bytes, seeds)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    private TrialRows() {}

    static void bind(PreparedStatement insert, int number, CostedCoefficients choice, List<Long> seeds)
            throws SQLException {
        insert.setInt(1, number);
        insert.setDouble(2, choice.coefficients().alpha());
        insert.setDouble(3, choice.coefficients().beta());
        insert.setDouble(4, choice.coefficients().gamma());
        insert.setDouble(5, choice.phi());
        insert.setInt(6, choice.size());
        insert.setLong(7, choice.cost().trainableParameters());
        insert.setLong(8, choice.cost().totalParameters());
        insert.setLong(9, choice.cost().macs());
        insert.setLong(10, choice.cost().activationBytes());
        insert.setString(11, join(seeds));
    }

    static Trial read(ResultSet row) throws SQLException {
        double score = row.getDouble("score");
        OptionalDouble known = row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(score);
        return new Trial(
                row.getInt("number"),
                choice(row),
                split(row.getString("seeds"), Long::valueOf),
                TrialState.valueOf(row.getString("state")),
                row.getInt("attempts"),
                Optional.ofNullable(row.getString("machine")),
                instant(row, "started"),
                instant(row, "ended"),
                known,
                split(row.getString("curve"), Double::valueOf),
                Optional.ofNullable(row.getString("error")));
    }

    static String join(List<? extends Number> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private static CostedCoefficients choice(ResultSet row) throws SQLException {
        return new CostedCoefficients(
                new Coefficients(row.getDouble("alpha"), row.getDouble("beta"), row.getDouble("gamma")),
                row.getDouble("phi"),
                row.getInt("size"),
                new ModelCost(
                        row.getLong("trainable_parameters"),
                        row.getLong("total_parameters"),
                        row.getLong("macs"),
                        row.getLong("activation_bytes")));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    private static <T> List<T> split(String joined, Function<String, T> parse) {
        return joined.isEmpty()
                ? List.of()
                : Arrays.stream(joined.split(",", -1)).map(parse).toList();
    }
}
