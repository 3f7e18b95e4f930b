package org.efficientnet4j.cli.notebook;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.efficientnet4j.core.InvalidInputException;

/** The notebooks' class path, by the script that builds them where a source is newer than the last build. */
final class ClassPathScript {
    private ClassPathScript() {}

    /**
     * Runs it; its progress goes to standard error.
     *
     * @throws InvalidInputException if the build fails, after the script has said why
     */
    static String run(Path root, PrintWriter err) throws IOException, InterruptedException {
        err.flush();
        ProcessBuilder builder = new ProcessBuilder(
                        root.resolve("notebooks/class-path").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process script = builder.start();
        String printed = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (script.waitFor() != 0 || printed.isEmpty()) {
            throw new InvalidInputException("The notebooks must be built to start, and the build failed: see above");
        }
        return printed;
    }
}
