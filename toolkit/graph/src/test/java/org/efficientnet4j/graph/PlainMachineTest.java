package org.efficientnet4j.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.kernels.JvmFlags;
import org.efficientnet4j.kernels.KernelProvider;
import org.efficientnet4j.kernels.KernelProviders;
import org.efficientnet4j.kernels.onednn.primitive.OneDnn;
import org.efficientnet4j.plan.Padding;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

/** A training where AVX-512, the Vector API or other flags are missing, and what is said of it. */
class PlainMachineTest {
    @Test
    void trainsWithoutAvx512AndTheVectorApiAndSaysWhyItIsSlow() throws Exception {
        String output = oneStep(List.of(), Map.of("DNNL_MAX_CPU_ISA", "AVX2"));
        assertTrue(output.contains("onednn-vector: the JVM runs without the Vector API: start it with"), output);
        assertTrue(output.contains("AVX2, slower for want of AVX-512"), output);
        assertEquals(1, warnings(output), output);
        assertTrue(output.contains("moved true"), output);
    }

    @Test
    void trainsWithTheVectorApiAloneAndSaysWhatItLacks() throws Exception {
        String output = oneStep(List.of("--add-modules=jdk.incubator.vector"), Map.of());
        assertTrue(output.contains("-bit vectors (slower for want of the flags in " + JvmFlags.FILE + ")"), output);
        assertEquals(1, warnings(output), output);
        assertTrue(output.contains("moved true"), output);
    }

    @Test
    void takesTheFastWayToMemoryWithAllFlags() throws Exception {
        String output = oneStep(JvmFlags.forKernels(), Map.of());
        assertTrue(output.contains("-bit vectors, "), output);
        assertFalse(output.contains("WARNING"), output);
        assertFalse(output.contains("slower for want of the flags"), output);
        assertEquals(0, warnings(output), output);
        assertTrue(output.contains("moved true"), output);
    }

    /** Whoever names the kernels knows; the processor's lack is not the flags'. */
    @Test
    void warnsOfFlagsOnlyWhereTheyWouldHelp() throws Exception {
        assertEquals(0, warnings(oneStep(List.of("-Defficientnet4j.kernels=onednn"), Map.of())));
    }

    @Test
    void trainsWithoutFusedMultiplyAddAndSaysWhatItLacks() throws Exception {
        List<String> flags = new ArrayList<>(JvmFlags.forKernels());
        flags.add("-XX:-UseFMA");
        String output = oneStep(flags, Map.of("DNNL_MAX_CPU_ISA", "AVX"));
        assertEquals(0, warnings(output), output);
        assertTrue(output.contains("onednn-vector: the processor must have a fused multiply-add"), output);
        assertTrue(output.contains("AVX, slow for want of AVX-512"), output);
        assertTrue(output.contains("moved true"), output);
    }

    private static long warnings(String output) {
        return output.lines()
                .filter(line -> line.contains("Networks run several times slower") && line.contains(JvmFlags.FILE))
                .count();
    }

    /** Output of {@link OneStep} in a JVM with these flags and environment variables. */
    private static String oneStep(List<String> flags, Map<String, String> environment) throws Exception {
        OneDnn.unavailableBecause().ifPresent(reason -> assumeTrue(false, reason));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), OneStep.class.getName()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        return output;
    }

    /** The questions of {@code effnet doctor} to the kernels, and a training step with those that run. */
    static final class OneStep {
        private OneStep() {}

        public static void main(String[] arguments) {
            for (KernelProvider provider : KernelProviders.all()) {
                System.out.println(
                        provider.name() + ": " + provider.unavailableBecause().orElseGet(provider::description));
            }
            ComputationGraph network = NetworkGraph.create(
                    TestNetworks.EVERY_BLOCK,
                    TestNetworks.options(Padding.SAME)
                            .dataType(DataType.FLOAT)
                            .kernels(KernelProviders.AUTOMATIC)
                            .build());
            NetworkGraph.create(
                    TestNetworks.EVERY_BLOCK, GraphOptions.builder().classes(2).build());
            var before = network.params().dup();
            network.fit(TestNetworks.batch(DataType.FLOAT, 2, 32, 32));
            double moved = before.distance2(network.params());
            System.out.println("moved " + (moved > 0 && Double.isFinite(moved)));
        }
    }
}
