package org.efficientnet4j.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The answer to {@code effnet --version}: the program with its commit, where the build knew it, the JVM and DL4J. */
final class VersionProvider implements IVersionProvider {
    private static final String RESOURCE = "version.properties";

    /** Created by picocli. */
    VersionProvider() {}

    @Override
    public String[] getVersion() {
        Properties build = new Properties();
        try (InputStream file = VersionProvider.class.getResourceAsStream(RESOURCE)) {
            build.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String commit = build.getProperty("commit");
        return new String[] {
            "effnet " + build.getProperty("version") + (commit.isEmpty() ? "" : " (commit " + commit + ")"),
            "Deeplearning4j " + build.getProperty("dl4j"),
            "Java " + Runtime.version() + ", " + System.getProperty("java.vm.name") + " of "
                    + System.getProperty("java.vendor") + ", " + System.getProperty("os.name") + " "
                    + System.getProperty("os.arch")
        };
    }
}
