package org.efficientnet4j.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.efficientnet4j.kernels.onednn.primitive.OneDnn;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** The fast kernels' tests with oneDNN held to the instruction sets of older processors, in a JVM for each. */
class InstructionSetsTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"SSE41", "AVX", "AVX2"})
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void kernelsAreRightOnOlderProcessors(String instructionSet) throws IOException, InterruptedException {
        OneDnn.unavailableBecause().ifPresent(reason -> assumeTrue(false, reason));
        Path log = folder.resolve("log");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx1g");
        command.add("-XX:-CreateCoredumpOnCrash");
        command.add("-XX:ErrorFile=" + folder.resolve("crash"));
        command.addAll(JvmFlags.forKernels());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Run.class.getName()));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("DNNL_MAX_CPU_ISA", instructionSet);
        // Threads that spin while they wait are slow where the cores are shared.
        builder.environment().put("OMP_WAIT_POLICY", "passive");
        assertEquals(0, builder.start().waitFor(), () -> read(log));
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException problem) {
            return problem.toString();
        }
    }

    /** Runs the tests, prints what failed and exits with 1 if anything did. */
    static final class Run {
        private Run() {}

        public static void main(String[] arguments) {
            LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                    .selectors(
                            selectClass(FastConvolutionTest.class),
                            selectClass(FastPixelKernelsTest.class),
                            selectClass(FastClassifierTest.class),
                            selectClass(BlockTailTest.class))
                    .build();
            SummaryGeneratingListener listener = new SummaryGeneratingListener();
            LauncherFactory.create().execute(request, listener);
            PrintWriter output = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
            listener.getSummary().printTo(output);
            listener.getSummary().printFailuresTo(output);
            long passed = listener.getSummary().getTestsSucceededCount();
            // Not by returning: JavaCPP's and ND4J's threads may outlive main.
            Runtime.getRuntime().halt(passed == listener.getSummary().getTestsFoundCount() ? 0 : 1);
        }
    }
}
