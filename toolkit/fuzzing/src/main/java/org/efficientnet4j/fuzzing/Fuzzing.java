package org.efficientnet4j.fuzzing;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.efficientnet4j.core.InvalidInputException;

/**
 * Damages good files by chance and reads them: each reading must end in a load or in an {@link InvalidInputException},
 * within ten seconds of the processor and with at most 64 bytes of heap for each byte of the file, besides what the kind of
 * file takes by itself.
 *
 * <p>The system properties {@code efficientnet4j.fuzz.count} and {@code efficientnet4j.fuzz.seed} ask for more files than
 * a build reads, and for others.
 */
public final class Fuzzing {
    private static final String COUNT = "efficientnet4j.fuzz.count";
    private static final String SEED = "efficientnet4j.fuzz.seed";

    /** Files between two lines of progress; long runs may then be stopped with a figure. */
    private static final int TOLD = 5000;

    private static final long MOST_BYTES_A_BYTE = 64;
    private static final long MOST_NANOS = 10_000_000_000L;

    private Fuzzing() {}

    /** The seed to draw damage from. */
    public static long seed() {
        return Long.getLong(SEED, 20);
    }

    /**
     * Reads damaged files, after the good ones, whose reading loads the classes, and prints what became of them.
     *
     * @param what the files are called
     * @param folder for them
     * @param buildCount files that each build reads
     * @throws IllegalStateException for a file with another end or beyond the bounds; it stays in the folder
     */
    public static Outcome run(String what, Path folder, List<Target> targets, int buildCount) throws IOException {
        int count = Integer.getInteger(COUNT, buildCount);
        for (Target target : targets) {
            Path good =
                    Files.write(folder.resolve(target.name()), target.content().get());
            target.reader().read(good);
        }
        int loaded = 0;
        for (int i = 0; i < count; i++) {
            Target target = targets.get(i % targets.size());
            byte[] damaged = target.damage().apply(target.content().get());
            Path file = Files.write(folder.resolve(target.name()), damaged);
            loaded += read(target, file, damaged.length, i) ? 1 : 0;
            if ((i + 1) % TOLD == 0 && i + 1 < count) {
                System.out.printf("%,d of %,d %s read, %,d loaded.%n", i + 1, count, what, loaded);
            }
        }
        Outcome outcome = new Outcome(loaded, count - loaded);
        System.out.printf("%,d %s loaded, %,d refused, no other end.%n", outcome.loaded(), what, outcome.refused());
        return outcome;
    }

    /**
     * The number of files of each end.
     *
     * @param loaded read without complaint
     * @param refused answered with an error of ours
     */
    public record Outcome(int loaded, int refused) {
        /** Tells if both ends were met often enough for the damage to mean anything. */
        public boolean isTelling() {
            int count = loaded + refused;
            return loaded > count / 100 && refused > count / 10;
        }
    }

    private static boolean read(Target target, Path file, int length, int number) {
        long start = processorNanos();
        long allocated = allocated();
        boolean loaded;
        try {
            target.reader().read(file);
            loaded = true;
        } catch (InvalidInputException expected) {
            loaded = false;
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            throw new IllegalStateException("File " + number + " (" + file + ") ended in " + e, e);
        }
        long bytes = allocated() - allocated;
        long nanos = processorNanos() - start;
        if (bytes > target.fixedBytes() + MOST_BYTES_A_BYTE * length || nanos > MOST_NANOS) {
            throw new IllegalStateException("File " + number + " (" + file + ") of " + length + " bytes took " + bytes
                    + " bytes and " + nanos / 1_000_000 + " ms");
        }
        return loaded;
    }

    // Not the clock's time, which goes on while the process is stopped.
    private static long processorNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
