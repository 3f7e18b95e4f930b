package org.efficientnet4j.kernels.onednn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.efficientnet4j.kernels.memory.Addresses;
import org.efficientnet4j.kernels.onednn.primitive.OneDnn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No operation of oneDNN leaves the bounds of its arrays or gives wrong results, whatever the instruction set. A few
 * cases at each build; {@code toolkit/guard-kernels} runs all of them.
 */
@EnabledOnOs(OS.LINUX)
class GuardedPrimitivesTest {
    private static final int DISTANCE = Integer.getInteger("efficientnet4j.guard.distance", 197);

    /** More are more of the same. */
    private static final int MOST_FAULTS = 200;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"SSE41", "AVX", "AVX2", "ALL"})
    @Timeout(value = 2, unit = TimeUnit.HOURS)
    void staysWithinItsArraysAndIsRight(String instructionSet) throws IOException, InterruptedException {
        assumeTrue(OneDnn.unavailableBecause().isEmpty(), () -> OneDnn.unavailableBecause()
                .orElseThrow());
        List<GuardedCase> cases = GuardedRun.cases();
        Path progress = folder.resolve("progress");
        Path log = folder.resolve("log");
        List<String> faults = new ArrayList<>();
        int first = 0;
        while (first < cases.size() && faults.size() < MOST_FAULTS) {
            Files.deleteIfExists(progress);
            int code = run(instructionSet, log, GuardedRun.class, progress, first, DISTANCE);
            Files.readAllLines(log).stream()
                    .filter(line -> line.startsWith(GuardedRun.WRONG))
                    .forEach(faults::add);
            if (code == 0) {
                break;
            }
            int at = Integer.parseInt(started(progress, log));
            faults.add("ENDED with exit code " + code + ": " + cases.get(at).name());
            first = at + DISTANCE;
        }
        System.out.printf(
                "%s: %d cases, %d faults.%n", instructionSet, (cases.size() + DISTANCE - 1) / DISTANCE, faults.size());
        assertEquals("", String.join("\n", faults));
    }

    private static String started(Path progress, Path log) throws IOException {
        if (!Files.exists(progress)) {
            throw new AssertionError("The process ended before the first case:\n" + Files.readString(log));
        }
        return Files.readString(progress);
    }

    private int run(String instructionSet, Path log, Class<?> program, Object... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=" + folder.resolve("crash"),
                "-cp",
                classPath(),
                program.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("DNNL_MAX_CPU_ISA", instructionSet);
        // Threads that spin while they wait are slow where the cores are shared.
        builder.environment().put("OMP_WAIT_POLICY", "passive");
        return builder.start().waitFor();
    }

    private static String classPath() {
        return Optional.ofNullable(System.getProperty("surefire.test.class.path"))
                .orElse(System.getProperty("java.class.path"));
    }

    /** Writes one float too many. */
    static final class Overrun {
        private Overrun() {}

        public static void main(String[] arguments) {
            long address = new GuardedMemory(1 << 10).place(10);
            Addresses.clear(address, 4 * Long.parseLong(arguments[0]));
        }
    }

    @Test
    void aProcessThatLeavesAnArrayIsEnded() throws IOException, InterruptedException {
        assertEquals(0, run("ALL", folder.resolve("log"), Overrun.class, 10));
        assertNotEquals(0, run("ALL", folder.resolve("log"), Overrun.class, 11));
    }

    @Test
    void numbersInFrontOfAnArrayAreWatched() {
        GuardedMemory memory = new GuardedMemory(1 << 10);
        long address = memory.place(new float[] {1, 2, 3});
        Addresses.floats(address, 3).put(new float[] {4, 5, 6});
        assertTrue(memory.isFrontUntouched());
        Addresses.clear(address - 4, 4);
        assertFalse(memory.isFrontUntouched());
    }
}
