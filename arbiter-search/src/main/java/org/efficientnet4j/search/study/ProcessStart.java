package org.efficientnet4j.search.study;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/**
 * A process's start as a number that other processes read alike. Java's start times are times of day, on Linux reckoned
 * from when the machine would have booted by the clock: they move when the clock is set, and a living process would look
 * like another one. So on Linux it is the clock ticks from boot to start and a hash of the boot's id, as a negative number;
 * elsewhere, and in studies of versions before 3, milliseconds since 1970; 0 where the system does not tell.
 */
final class ProcessStart {
    private static final Path PROCESSES = Path.of("/proc");
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

    /** Index of the start time in {@code /proc/PID/stat}, counted behind the command's closing bracket. */
    private static final int START_FIELD = 19;

    private static final int TICK_BITS = 40;

    /** Times of day reckoned by two processes from the same boot differ by as much. */
    private static final long ROUNDING_MILLIS = 2000;

    private ProcessStart() {}

    static long of(ProcessHandle handle) {
        OptionalLong ticks = ticks(handle.pid());
        return ticks.isPresent() ? ofBoot(ticks.getAsLong()) : timeOfDay(handle);
    }

    /** True if the process that runs is the one that had this start. */
    static boolean isOf(ProcessHandle handle, long started) {
        return started > 0 ? Math.abs(timeOfDay(handle) - started) <= ROUNDING_MILLIS : of(handle) == started;
    }

    private static long ofBoot(long ticks) {
        long boot = bootId().hashCode() & 0x3F_FFFF;
        return -1 - ((boot << TICK_BITS) | (ticks & ((1L << TICK_BITS) - 1)));
    }

    private static long timeOfDay(ProcessHandle handle) {
        return handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    private static OptionalLong ticks(long process) {
        try {
            // The command may be of any bytes.
            String stat = Files.readString(
                    PROCESSES.resolve(String.valueOf(process)).resolve("stat"), StandardCharsets.ISO_8859_1);
            List<String> fields = Arrays.asList(
                    stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1));
            return OptionalLong.of(Long.parseLong(fields.get(START_FIELD)));
        } catch (IOException | RuntimeException e) { // another system
            return OptionalLong.empty();
        }
    }

    private static String bootId() {
        try {
            return Files.readString(BOOT);
        } catch (IOException e) { // not in every container
            return "";
        }
    }
}
