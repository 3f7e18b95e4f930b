package org.efficientnet4j.cli.doctor;

import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.efficientnet4j.backend.Problem;

/**
 * Memory and disk in bytes.
 *
 * @param machine what the machine or its container has; 0 where the launcher did not say
 * @param machineSource where that number comes from
 * @param heap the Java heap's limit
 * @param offHeap the limit of tensors, which live outside the heap
 * @param process the limit of the whole process, above which allocating a tensor fails
 * @param diskHere free space in the current folder's file system
 * @param nativeCache where native libraries are unpacked
 */
public record MemoryReport(
        long machine, String machineSource, long heap, long offHeap, long process, long diskHere, String nativeCache) {
    private static final long GIBIBYTE = 1L << 30;

    static MemoryReport examine(List<Problem> problems) {
        File cache = nativeCache(problems);
        MemoryReport report = new MemoryReport(
                Long.getLong("effnet.memory.bytes", 0),
                System.getProperty("effnet.memory.source", "not known without the launcher"),
                Runtime.getRuntime().maxMemory(),
                Pointer.maxBytes(),
                Pointer.maxPhysicalBytes(),
                new File("").getAbsoluteFile().getUsableSpace(),
                String.valueOf(cache));
        report.addProblems(problems);
        return report;
    }

    void addProblems(List<Problem> problems) {
        if (offHeap > 0 && offHeap < GIBIBYTE) {
            problems.add(new Problem(
                    "Tensors may take only " + gibibytes(offHeap),
                    "train with a small --batch and --size, or give the machine (or container) more memory"));
        }
        if (diskHere < GIBIBYTE) {
            problems.add(new Problem(
                    "The current folder's disk has " + gibibytes(diskHere) + " left",
                    "free some space or write to another disk with --out: a run directory takes up to a few GiB"));
        }
    }

    private static File nativeCache(List<Problem> problems) {
        try {
            File cache = Loader.getCacheDir();
            if (!cache.canWrite()) {
                throw new IOException(cache + " is not writable");
            }
            return cache;
        } catch (IOException e) {
            problems.add(new Problem(
                    "Native libraries cannot be unpacked: " + e.getMessage(),
                    "name a writable folder with 300 MiB free: EFFNET_JAVA_OPTS="
                            + "-Dorg.bytedeco.javacpp.cachedir=FOLDER"));
            return null;
        }
    }

    /** A number of bytes for people. */
    public static String gibibytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f GiB", bytes / (double) GIBIBYTE);
    }
}
