package org.efficientnet4j.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How much memory this process holds, heap and native, as Linux counts it; in 2^20 bytes, 0 on other systems. */
public final class ProcessMemory {
    private static final Path STATUS = Path.of("/proc/self/status");

    /** Source: Linux, Documentation/filesystems/proc.rst: 5 resets the peak of the resident size. */
    private static final Path CLEAR = Path.of("/proc/self/clear_refs");

    private static final String PEAK = "VmHWM:";
    private static final String RESIDENT = "VmRSS:";

    private ProcessMemory() {}

    /** The most it has held at once. */
    public static long peakMegabytes() {
        return megabytes(PEAK);
    }

    /** Begins a new {@link #peakMegabytes} at what is held now, where the system lets a process do so. */
    public static void forgetPeak() {
        try {
            if (Files.isWritable(CLEAR)) {
                Files.writeString(CLEAR, "5");
            }
        } catch (IOException refused) {
            // The peak stays the whole process's.
        }
    }

    /** Resident memory at present. */
    public static long residentMegabytes() {
        return megabytes(RESIDENT);
    }

    private static long megabytes(String key) {
        try {
            return Files.isReadable(STATUS) ? parse(key, Files.readAllLines(STATUS)) : 0;
        } catch (IOException unreadable) {
            return 0;
        }
    }

    static long parse(String key, List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith(key))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(0);
    }
}
