package org.efficientnet4j.notebooks;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The description by which Jupyter starts the Java kernel: this JVM, this class path. */
public final class KernelSpec {
    /** The kernel's name in Jupyter and in the notebooks' metadata. */
    public static final String NAME = "efficientnet4j";

    private static final String FAST_KERNELS = "/org/efficientnet4j/kernels/jvm.args";
    private static final String KERNEL_MAIN = "org.rapaio.jupyter.kernel.MainApp";
    private static final List<String> JVM_FLAGS = List.of(
            "-Xmx2g",
            "-Djava.awt.headless=true",
            "-XX:+IgnoreUnrecognizedVMOptions",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    private KernelSpec() {}

    /**
     * Writes the description into a Jupyter data directory, where it replaces an earlier one.
     *
     * @param dataDirectory such as {@code ~/.local/share/jupyter}, or a folder that {@code JUPYTER_PATH} will name
     * @return the folder {@code kernels/efficientnet4j} below it
     * @throws IOException if it cannot be written
     */
    public static Path write(Path dataDirectory) throws IOException {
        Path folder = Files.createDirectories(dataDirectory.resolve("kernels").resolve(NAME));
        Map<String, Object> spec = Map.of(
                "argv", command(),
                "display_name", "Java (EfficientNet4J)",
                "language", "java",
                "interrupt_mode", "message");
        new ObjectMapper()
                .writerWithDefaultPrettyPrinter()
                .writeValue(folder.resolve("kernel.json").toFile(), spec);
        return folder;
    }

    /**
     * Writes the description into the data directory given as the only argument.
     *
     * @throws IOException if it cannot be written
     */
    public static void main(String[] args) throws IOException {
        System.out.println("Installed the kernel \"Java (EfficientNet4J)\" in " + write(Path.of(args[0])));
    }

    /** The flags of the fast kernels; without them trainings take several times as long. */
    private static List<String> kernelFlags() {
        try (InputStream flags = KernelSpec.class.getResourceAsStream(FAST_KERNELS)) {
            return new String(flags.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(FAST_KERNELS + " must be readable on the class path", e);
        }
    }

    private static List<String> command() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(java));
        command.addAll(JVM_FLAGS);
        command.addAll(kernelFlags());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), KERNEL_MAIN, "{connection_file}"));
        return command;
    }
}
