package org.efficientnet4j.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.efficientnet4j.plan.Padding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** A stock model in another JVM that has DL4J, and nothing of this project, on its class path. */
class StockModelWithoutToolkitTest {
    private static final String PROGRAM = """
            import java.io.File;
            import java.util.Arrays;
            import org.deeplearning4j.nn.graph.ComputationGraph;
            import org.nd4j.linalg.api.buffer.DataType;
            import org.nd4j.linalg.factory.Nd4j;

            public class Program {
                public static void main(String[] args) throws Exception {
                    try {
                        Class.forName("org.efficientnet4j.graph.StockGraph");
                        throw new IllegalStateException("the toolkit is on the class path");
                    } catch (ClassNotFoundException expected) {
                        ComputationGraph network = ComputationGraph.load(new File(args[0]), true);
                        var images = Nd4j.arange(6144).castTo(DataType.DOUBLE).div(6144).reshape(2, 3, 32, 32);
                        double[] output = network.outputSingle(images).data().asDouble();
                        System.out.println("OUTPUT " + Arrays.toString(output));
                    }
                }
            }
            """;

    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void predictsTheSame(@TempDir Path folder) throws IOException, InterruptedException {
        GraphOptions options = TestNetworks.options(Padding.SAME).build();
        ComputationGraph own = NetworkGraph.create(TestNetworks.EVERY_BLOCK, options);
        TestNetworks.unsettle(own);
        File model = folder.resolve("stock.zip").toFile();
        ModelSerializer.writeModel(StockGraph.copyOf(own, TestNetworks.EVERY_BLOCK, options), model, true);

        double[] expected = own.outputSingle(
                        Nd4j.arange(6144).castTo(DataType.DOUBLE).div(6144).reshape(2, 3, 32, 32))
                .data()
                .asDouble();
        assertArrayEquals(expected, outputOfProgram(folder, model), 1e-9);
    }

    private static double[] outputOfProgram(Path folder, File model) throws IOException, InterruptedException {
        Path program = Files.writeString(folder.resolve("Program.java"), PROGRAM);
        Path log = folder.resolve("log.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        classPathWithoutThisProject(),
                        program.toString(),
                        model.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertEquals(0, process.waitFor(), () -> read(log));
        String line = read(log)
                .lines()
                .filter(text -> text.startsWith("OUTPUT "))
                .findFirst()
                .orElseThrow(() -> new AssertionError(read(log)));
        String numbers = line.substring(line.indexOf('[') + 1, line.indexOf(']'));
        return Arrays.stream(numbers.split(", ", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    private static String classPathWithoutThisProject() {
        String full = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> entries = Arrays.stream(full.split(File.pathSeparator, -1))
                .filter(entry -> !Files.isDirectory(Path.of(entry)))
                .filter(entry -> !Path.of(entry).getFileName().toString().matches("efficientnet4j-.*"))
                .toList();
        return entries.stream().collect(Collectors.joining(File.pathSeparator));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError("No log of the other JVM", e);
        }
    }
}
