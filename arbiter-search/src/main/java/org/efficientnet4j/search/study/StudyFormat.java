package org.efficientnet4j.search.study;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.efficientnet4j.core.InvalidInputException;

/** The tables of a study's file and their versions, which SQLite keeps as {@code user_version}. */
final class StudyFormat {
    /** The version this program writes. */
    static final int VERSION = 4;

    private static final String STUDY =
            "CREATE TABLE study (id INTEGER PRIMARY KEY CHECK (id = 1), specification TEXT NOT NULL)";
    private static final List<String> TRIAL_COLUMNS = List.of(
            "number",
            "alpha",
            "beta",
            "gamma",
            "phi",
            "stem",
            "blocks",
            "size",
            "trainable_parameters",
            "total_parameters",
            "macs",
            "activation_bytes",
            "seeds",
            "state",
            "attempts",
            "machine",
            "process",
            "process_started",
            "started",
            "ended",
            "score",
            "measures",
            "curve",
            "error");

    private StudyFormat() {}

    /**
     * The version of a study, after a look at the file that changes nothing in it.
     *
     * @throws InvalidInputException unless the file is a sound study of a known version
     */
    static int inspect(Path file) {
        requireContent(file);
        try (StudyDatabase database = StudyDatabase.openReadOnly(file)) {
            int version = Integer.parseInt(database.text("PRAGMA user_version").orElse("0"));
            if (version < 0 || version > VERSION) {
                throw new InvalidInputException("The study " + file + " must have a version from 0 to " + VERSION
                        + ", found " + version + ": it was written by a newer program, use that one");
            }
            requireTables(database, file, version);
            String check = database.text("PRAGMA quick_check(1)").orElse("");
            if (!check.equals("ok")) {
                throw damaged(file, check, null);
            }
            return version;
        } catch (SQLException e) {
            throw damaged(file, e.getMessage(), e);
        }
    }

    static InvalidInputException damaged(Path file, String reason, Exception cause) {
        return new InvalidInputException(
                "Cannot read " + file + " as a study (" + reason
                        + "): it is damaged or no study; name another --study, or bring back a copy",
                cause);
    }

    private static void requireContent(Path file) {
        if (!Files.exists(file)) {
            throw new InvalidInputException("There is no study " + file + ": check --study");
        }
        try {
            if (!Files.isRegularFile(file) || Files.size(file) == 0) {
                throw new InvalidInputException("A study must be an SQLite file with trials, found "
                        + (Files.isRegularFile(file) ? "an empty file " : "the folder ") + file + ": check --study");
            }
        } catch (IOException e) {
            throw damaged(file, e.getMessage(), e);
        }
    }

    private static void requireTables(StudyDatabase database, Path file, int version) throws SQLException {
        Map<String, List<String>> tables =
                Map.of("study", List.of("id", version == 0 ? "settings" : "specification"), "trial", TRIAL_COLUMNS);
        for (String table : List.of("study", "trial")) {
            if (database.texts("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", table)
                    .isEmpty()) {
                throw new InvalidInputException(
                        "A study must have the table '" + table + "', which " + file + " lacks: check --study");
            }
            Set<String> missing = new LinkedHashSet<>(tables.get(table));
            missing.addAll(version == 0 || table.equals("study") ? Set.of() : Set.of("heartbeat"));
            missing.addAll(version < 2 || table.equals("study") ? Set.of() : Set.of("role", "repeats", "answers"));
            missing.removeAll(database.texts("SELECT name FROM pragma_table_info(?)", table));
            if (!missing.isEmpty()) {
                throw new InvalidInputException("The table '" + table + "' of a study must have the column '"
                        + missing.iterator().next() + "', which " + file + " lacks: check --study");
            }
        }
        List<String> triggers = database.texts("SELECT name FROM sqlite_master WHERE type = 'trigger'");
        if (!triggers.isEmpty()) {
            throw new InvalidInputException("A study must have no triggers, found '" + triggers.get(0) + "' in " + file
                    + ": it was changed by another program");
        }
    }

    /**
     * Creates a study in one step: the file is either not there or a whole study.
     *
     * @param trials it begins with, waiting or ended
     * @throws InvalidInputException if a file of that name is there, or it cannot be written
     */
    static void create(Path file, String specification, List<Trial> trials) {
        Path folder = file.toAbsolutePath().getParent();
        Path draft = folder.resolve(
                file.getFileName() + ".tmp" + ProcessHandle.current().pid());
        try {
            Files.deleteIfExists(draft);
            try (StudyDatabase database = StudyDatabase.open(draft)) {
                database.inTransaction(() -> {
                    database.execute(STUDY);
                    database.execute(TrialRows.SCHEMA);
                    database.execute("PRAGMA user_version = " + VERSION);
                    database.update("INSERT INTO study VALUES (1, ?)", specification);
                    for (Trial trial : trials) {
                        database.insertEnded(trial);
                    }
                    return null;
                });
            }
            publish(draft, file);
        } catch (FileAlreadyExistsException e) {
            throw new InvalidInputException(
                    "The study " + file + " is there already: go on with --resume, or name another --study", e);
        } catch (SQLException | IOException e) {
            throw new InvalidInputException(
                    "Cannot create the study " + file + " (" + e.getMessage() + "): name another --study", e);
        } finally {
            draft.toFile().delete();
        }
    }

    /** A link, since a move would replace the study that another process may just have made. */
    private static void publish(Path draft, Path file) throws IOException {
        try {
            Files.createLink(file, draft);
        } catch (UnsupportedOperationException e) {
            Files.move(draft, file);
        } catch (FileSystemException e) {
            if (e instanceof FileAlreadyExistsException) {
                throw e;
            }
            Files.move(draft, file); // a file system without links
        }
    }

    /** Brings a study of an earlier version to this one. */
    static void migrate(StudyDatabase database, int version, Optional<Upgrade> upgrade) throws SQLException {
        if (version == 0) {
            toVersionOne(database, upgrade.orElseThrow());
        }
        if (version < 2) {
            database.execute("ALTER TABLE trial ADD COLUMN role TEXT NOT NULL DEFAULT 'SEARCH'");
            database.execute("ALTER TABLE trial ADD COLUMN repeats INTEGER");
            database.execute("ALTER TABLE trial ADD COLUMN answers TEXT NOT NULL DEFAULT ''");
        }
        // Version 3 tells processes' starts by another number, which a program of version 2 would take for a dead
        // one's; version 4 has trials of the roles FAMILY and LEADER, which one of version 3 does not know.
        database.execute("PRAGMA user_version = " + VERSION);
    }

    /** Keeps version 0's tables as {@code study_version0, trial_version0}. */
    private static void toVersionOne(StudyDatabase database, Upgrade upgrade) throws SQLException {
        String settings = database.text("SELECT settings FROM study").orElseThrow(() -> empty());
        String specification = upgrade.specification(settings);
        List<Trial> trials = database.query(StudyDatabase.ALL_TRIALS).stream()
                .map(trial -> upgrade.trial(settings, trial))
                .toList();
        database.execute("ALTER TABLE study RENAME TO study_version0");
        database.execute("CREATE TABLE trial_version0 AS SELECT * FROM trial");
        database.execute(STUDY);
        database.update("INSERT INTO study VALUES (1, ?)", specification);
        database.execute("ALTER TABLE trial ADD COLUMN heartbeat INTEGER");
        // Version 0 had no heartbeats: who may still be at work has one lease from now.
        database.update("UPDATE trial SET heartbeat = ? WHERE state = 'RUNNING'", System.currentTimeMillis());
        for (Trial trial : trials) {
            database.update(
                    "UPDATE trial SET curve = ?, score = ? WHERE number = ?",
                    TrialRows.joinCurves(trial.curves()),
                    trial.score().isPresent() ? trial.score().getAsDouble() : null,
                    trial.number());
        }
    }

    static InvalidInputException empty() {
        return new InvalidInputException("The study's table 'study' must have a row, found none: name another --study");
    }
}
