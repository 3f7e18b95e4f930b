package org.efficientnet4j.cli.notebook;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** A program that runs in this one's terminal and ends with it. */
final class Child {
    private static final int PATIENCE_SECONDS = 10;

    private Child() {}

    /** Runs a program to its end and returns its exit code. */
    static int run(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = builder.inheritIO().start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process))); // harmless where it has ended
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            stop(process);
            throw e;
        }
    }

    private static void stop(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
