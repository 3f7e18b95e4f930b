package org.efficientnet4j.search.study;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.scaling.ModelCost;
import org.efficientnet4j.search.space.Choice;
import org.efficientnet4j.search.space.Coefficients;
import org.efficientnet4j.search.space.CostedBlocks;
import org.efficientnet4j.search.space.CostedCoefficients;

/** Trials as rows of the table, and back. */
final class TrialRows {
    static final String SCHEMA = """
            CREATE TABLE trial (
                number INTEGER PRIMARY KEY,
                alpha REAL, beta REAL, gamma REAL, phi REAL, stem INTEGER, blocks TEXT,
                size INTEGER NOT NULL, trainable_parameters INTEGER NOT NULL, total_parameters INTEGER NOT NULL,
                macs INTEGER NOT NULL, activation_bytes INTEGER NOT NULL,
                seeds TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'WAITING', attempts INTEGER NOT NULL DEFAULT 0,
                machine TEXT, process INTEGER, process_started INTEGER,
                started INTEGER, ended INTEGER, score REAL, measures TEXT NOT NULL DEFAULT '',
                curve TEXT NOT NULL DEFAULT '', error TEXT, heartbeat INTEGER,
                role TEXT NOT NULL DEFAULT 'SEARCH', repeats INTEGER, answers TEXT NOT NULL DEFAULT '')""";
    static final String INSERT = """
            INSERT INTO trial (number, alpha, beta, gamma, phi, stem, blocks, size,
                trainable_parameters, total_parameters, macs, activation_bytes, seeds)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    private static final int LONGEST_ERROR = 16_384;

    private TrialRows() {}

    static void bind(PreparedStatement insert, int number, Choice choice, List<Long> seeds) throws SQLException {
        insert.setInt(1, number);
        if (choice instanceof CostedCoefficients scaled) {
            insert.setDouble(2, scaled.coefficients().alpha());
            insert.setDouble(3, scaled.coefficients().beta());
            insert.setDouble(4, scaled.coefficients().gamma());
            insert.setDouble(5, scaled.phi());
        } else if (choice instanceof CostedBlocks built) {
            insert.setInt(6, built.stemChannels());
            insert.setString(7, String.join(",", built.blocks()));
        }
        insert.setInt(8, choice.size());
        insert.setLong(9, choice.cost().trainableParameters());
        insert.setLong(10, choice.cost().totalParameters());
        insert.setLong(11, choice.cost().macs());
        insert.setLong(12, choice.cost().activationBytes());
        insert.setString(13, join(seeds));
    }

    /**
     * A row as a trial.
     *
     * @throws InvalidInputException for a row that no study has, naming the trial and what is wrong
     */
    static Trial read(ResultSet row, Path file) throws SQLException {
        int number = row.getInt("number");
        try {
            return trial(row, number);
        } catch (RuntimeException e) {
            throw new InvalidInputException(
                    "Trial " + number + " of the study " + file + " cannot be read: "
                            + (e instanceof NumberFormatException ? "it has a malformed number, " : "")
                            + e.getMessage(),
                    e);
        }
    }

    private static Trial trial(ResultSet row, int number) throws SQLException {
        double score = row.getDouble("score");
        OptionalDouble known = row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(score);
        TrialState state = named(TrialState.values(), "state", text(row, "state"));
        if (state == TrialState.COMPLETE && !Double.isFinite(known.orElse(Double.NaN))) {
            throw new InvalidInputException("A complete trial must have a finite score, found "
                    + (known.isPresent() ? String.valueOf(score) : "none"));
        }
        return new Trial(
                number,
                choice(row),
                split(text(row, "seeds"), ",", Long::valueOf),
                state,
                row.getInt("attempts"),
                Optional.ofNullable(row.getString("machine")),
                instant(row, "started"),
                instant(row, "ended"),
                known,
                measures(text(row, "measures")),
                split(text(row, "curve"), ";", curve -> split(curve, ",", Double::valueOf)),
                Optional.ofNullable(row.getString("error")),
                has(row, "role") ? named(TrialRole.values(), "role", text(row, "role")) : TrialRole.SEARCH,
                has(row, "repeats") ? integer(row, "repeats") : OptionalInt.empty(),
                has(row, "answers") ? split(text(row, "answers"), ";", Answers::parse) : List.of());
    }

    /** False for columns that came with a later version than the study's. */
    private static boolean has(ResultSet row, String column) throws SQLException {
        ResultSetMetaData columns = row.getMetaData();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            if (columns.getColumnName(i).equals(column)) {
                return true;
            }
        }
        return false;
    }

    private static OptionalInt integer(ResultSet row, String column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
    }

    private static <E extends Enum<E>> E named(E[] values, String what, String name) {
        return Arrays.stream(values)
                .filter(value -> value.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(
                        "A trial's " + what + " must be one of " + Arrays.toString(values) + ", found '" + name + "'"));
    }

    private static String text(ResultSet row, String column) throws SQLException {
        String text = row.getString(column);
        if (text == null) {
            throw new InvalidInputException("Its column '" + column + "' must have a value, found none");
        }
        return text;
    }

    /** An error as a row keeps it. */
    static String shortened(String error) {
        return error.length() <= LONGEST_ERROR
                ? error
                : error.substring(0, LONGEST_ERROR) + "... (" + (error.length() - LONGEST_ERROR) + " characters more)";
    }

    static String join(List<? extends Number> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    static String joinCurves(List<List<Double>> curves) {
        return curves.stream().map(TrialRows::join).collect(Collectors.joining(";"));
    }

    static String joinAnswers(List<Answers> answers) {
        return answers.stream().map(Answers::format).collect(Collectors.joining(";"));
    }

    static String join(Map<String, Double> measures) {
        return measures.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(","));
    }

    private static Choice choice(ResultSet row) throws SQLException {
        int size = row.getInt("size");
        if (size < 1) {
            throw new InvalidInputException("An image size must be at least 1, found " + size);
        }
        ModelCost cost = new ModelCost(
                row.getLong("trainable_parameters"),
                row.getLong("total_parameters"),
                row.getLong("macs"),
                row.getLong("activation_bytes"));
        String blocks = row.getString("blocks");
        if (blocks != null) {
            return new CostedBlocks(row.getInt("stem"), List.of(blocks.split(",", -1)), size, cost);
        }
        return new CostedCoefficients(
                new Coefficients(row.getDouble("alpha"), row.getDouble("beta"), row.getDouble("gamma")),
                row.getDouble("phi"),
                size,
                cost);
    }

    private static Map<String, Double> measures(String joined) {
        Map<String, Double> measures = new LinkedHashMap<>();
        for (String measure : split(joined, ",", text -> text)) {
            int equals = measure.indexOf('=');
            if (equals < 1) {
                throw new InvalidInputException("A measure must be NAME=NUMBER, found '" + measure + "'");
            }
            measures.put(measure.substring(0, equals), Double.valueOf(measure.substring(equals + 1)));
        }
        return measures;
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    private static <T> List<T> split(String joined, String separator, Function<String, T> parse) {
        return joined.isEmpty()
                ? List.of()
                : Arrays.stream(joined.split(separator, -1)).map(parse).toList();
    }
}
