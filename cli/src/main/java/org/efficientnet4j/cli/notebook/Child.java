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
        Thread end = new Thread(() -> stop(process));
        Runtime.getRuntime().addShutdownHook(end);
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            stop(process);
            throw e;
        } finally {
            forget(end);
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

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyEnding) {
            Thread.yield(); // the hook runs
        }
    }
}
