package org.efficientnet4j.cli.bench;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.efficientnet4j.benchmark.BenchmarkMode;
import org.efficientnet4j.benchmark.BenchmarkSettings;
import org.efficientnet4j.benchmark.PeerTask;
import org.efficientnet4j.cli.Effnet;

/**
 * A program that measures itself in a process of its own and prints a {@code BenchmarkResult} as JSON.
 *
 * @param name shown to people
 * @param command what to run
 * @param environment variables set for it
 */
record Contender(String name, List<String> command, Map<String, String> environment) {
    /** glibc otherwise returns large buffers to the system after each step and faults them in anew: PyTorch at its best. */
    private static final Map<String, String> KEEP_MEMORY =
            Map.of("MALLOC_MMAP_THRESHOLD_", "4294967296", "MALLOC_TRIM_THRESHOLD_", "17179869184");

    /** JVM flags of the launcher for inference, separated by blanks, where it started this JVM with others. */
    private static final String INFERENCE_FLAGS = "effnet.inference.flags";

    private static final String CHANNELS_LAST = "channels_last";
    private static final int STOCK_STEPS = 3;

    Contender {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /** This toolkit, in a JVM started as this one was. */
    static Contender ours(BenchmarkSettings settings) {
        return effnet("EfficientNet4J", settings, settings.steps(), settings.warmUpSeconds());
    }

    /** DL4J's own layers and optimiser: a step takes seconds, so that three show enough. */
    static Contender stock(BenchmarkSettings settings) {
        Contender plain = effnet("stock DL4J", settings, Math.min(settings.steps(), STOCK_STEPS), 0);
        List<String> command = new ArrayList<>(plain.command());
        command.add("--stock");
        return new Contender(plain.name(), command, plain.environment());
    }

    /** PyTorch in the memory order that is best for convolutions on CPUs, and in its default one. */
    static List<Contender> torch(BenchmarkSettings settings, String python, Path script) {
        return List.of(torch(settings, python, script, CHANNELS_LAST), torch(settings, python, script, "default"));
    }

    /** A program that takes a {@link PeerTask}'s words; it sets its own environment. */
    static Contender program(BenchmarkSettings settings, Path program) {
        List<String> command = new ArrayList<>(List.of(program.toAbsolutePath().toString()));
        command.addAll(PeerTask.of(settings).words());
        return new Contender(program.getFileName().toString(), command, Map.of());
    }

    private static Contender torch(BenchmarkSettings settings, String python, Path script, String layout) {
        List<String> command = new ArrayList<>(List.of(python, script.toString()));
        command.addAll(PeerTask.of(settings).words());
        command.add(layout);
        return new Contender("PyTorch, " + layout, command, KEEP_MEMORY);
    }

    private static Contender effnet(String name, BenchmarkSettings settings, int steps, double warmUp) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmFlags(
                settings.mode(),
                ManagementFactory.getRuntimeMXBean().getInputArguments(),
                System.getProperty(INFERENCE_FLAGS, "")));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Effnet.class.getName(), "bench"));
        command.addAll(List.of(settings.model().name(), "--mode", mode(settings), "--json"));
        command.addAll(
                List.of("--batch", "" + settings.batch(), "--size", "" + settings.size(), "--steps", "" + steps));
        command.addAll(List.of("--threads", "" + settings.threads(), "--warm-up", "" + warmUp));
        command.add(
                "--checkpoint-activations=" + settings.checkpointing().name().toLowerCase(Locale.ROOT));
        return new Contender(name, command, Map.of());
    }

    /** Those of this JVM, and for inference behind them, so that they count, those that 'effnet predict' has. */
    static List<String> jvmFlags(BenchmarkMode mode, List<String> own, String inference) {
        List<String> flags = new ArrayList<>(own);
        if (mode == BenchmarkMode.INFER && !inference.isBlank()) {
            flags.addAll(List.of(inference.trim().split(" +")));
        }
        return flags;
    }

    /** As the command line and the script spell it. */
    static String mode(BenchmarkSettings settings) {
        return settings.mode().name().toLowerCase(Locale.ROOT);
    }

    /** The process, not started yet, its messages going to a file. */
    ProcessBuilder process(File messages) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(messages);
        builder.environment().putAll(environment);
        return builder;
    }
}
