package org.efficientnet4j.cli.search;

import java.nio.file.Path;
import org.efficientnet4j.search.specification.VersionZero;
import org.efficientnet4j.search.study.Study;
import picocli.CommandLine.Option;

/** The study a command reads. */
final class StudyFile {
    @Option(names = "--study", required = true, paramLabel = "F.db", description = "The study's file.")
    private Path file;

    /** Created by picocli. */
    StudyFile() {}

    /** Opens it for reading alone. */
    Study open() {
        return Study.read(file, new VersionZero());
    }
}
