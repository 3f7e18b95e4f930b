package org.efficientnet4j.search.study;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import org.efficientnet4j.core.InvalidInputException;

/**
 * An open file of a study.
 *
 * @param file its path
 * @param database the connection
 * @param unmigrated reads its rows, where it is of version 0 and stays so
 * @param readOnly true if nothing is written
 */
record OpenedStudy(Path file, StudyDatabase database, Optional<Upgrade> unmigrated, boolean readOnly) {
    /** Opens a file to go on with it, brought to this version. */
    static OpenedStudy toGoOn(Path file, Optional<Upgrade> upgrade) {
        int version = StudyFormat.inspect(file);
        if (version == 0 && upgrade.isEmpty()) {
            throw new InvalidInputException("The study " + file + " must be of version " + StudyFormat.VERSION
                    + ", found " + version + ": bring it to this version by opening it as a Search");
        }
        try {
            StudyDatabase database = StudyDatabase.open(file);
            try {
                // Asked again: another process may have migrated it in between.
                database.inTransaction(() -> {
                    int found = Integer.parseInt(
                            database.text("PRAGMA user_version").orElseThrow());
                    if (found < StudyFormat.VERSION) {
                        StudyFormat.migrate(database, found, upgrade);
                    }
                    return null;
                });
                return new OpenedStudy(file, database, Optional.empty(), false);
            } catch (SQLException | RuntimeException e) {
                database.close();
                throw e;
            }
        } catch (SQLException e) {
            throw new InvalidInputException(
                    "Cannot write to the study " + file + " (" + e.getMessage() + "): name another --study", e);
        }
    }

    /** Opens a file of any version to read it. */
    static OpenedStudy toRead(Path file, Upgrade upgrade) {
        int version = StudyFormat.inspect(file);
        try {
            StudyDatabase database = StudyDatabase.openReadOnly(file);
            return new OpenedStudy(file, database, version == 0 ? Optional.of(upgrade) : Optional.empty(), true);
        } catch (SQLException e) {
            throw StudyFormat.damaged(file, e.getMessage(), e);
        }
    }

    /** Accesses the file, its errors as the study's. */
    <T> T stored(StudyDatabase.Access<T> access) {
        try {
            return access.run();
        } catch (SQLException e) {
            if (readOnly) {
                throw StudyFormat.damaged(file, e.getMessage(), e);
            }
            throw new StudyException("The study " + file + " could not be read or written: " + e.getMessage(), e);
        }
    }
}
