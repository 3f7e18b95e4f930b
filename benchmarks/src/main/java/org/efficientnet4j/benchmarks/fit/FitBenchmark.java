package org.efficientnet4j.benchmarks.fit;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.benchmarks.CaseArguments;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.graph.FastTraining;
import org.efficientnet4j.graph.FusedUpdater;
import org.efficientnet4j.graph.GraphOptions;
import org.efficientnet4j.graph.NetworkGraph;
import org.efficientnet4j.models.ModelDefinition;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/**
 * Times a step of DL4J's {@code fit} with Adam, plain and made faster.
 *
 * @param model the network
 * @param batch images a step
 * @param size their height and width
 * @param steps measured of each way
 */
public record FitBenchmark(ModelDefinition model, int batch, int size, int steps) {
    private static final String USAGE = "[MODEL BATCH SIZE STEPS]";
    private static final List<String> USUAL = List.of("efficientnet_b0", "16", "64", "60");
    private static final int CLASSES = 10;
    private static final int ROUNDS = 6;

    /** The ways to train, in the order in which each round takes them. */
    private enum Way {
        PLAIN("fit alone"),
        UPDATER("FusedUpdater.install"),
        FAST("FastTraining.install");

        private final String label;

        Way(String label) {
            this.label = label;
        }

        private void install(ComputationGraph network) {
            switch (this) {
                case PLAIN -> {}
                case UPDATER -> FusedUpdater.install(network);
                case FAST -> FastTraining.install(network);
            }
        }
    }

    /** @throws InvalidInputException for a number out of range */
    public FitBenchmark {
        if (batch < 1 || size < model.plan().minimumSize() || steps < ROUNDS) {
            throw new InvalidInputException(
                    "Expected at least batch 1, size " + model.plan().minimumSize() + " and " + ROUNDS
                            + " steps, found " + batch + ", " + size + ", " + steps);
        }
    }

    /** Exits with 2 for arguments that make no sense. */
    public static void main(String[] arguments) {
        try {
            parse(arguments).run(System.out);
        } catch (InvalidInputException invalid) {
            System.err.println("fit: " + invalid.getMessage());
            System.exit(2);
        }
    }

    static FitBenchmark parse(String... words) {
        CaseArguments found = CaseArguments.parse(USAGE, List.of(words), USUAL);
        List<Integer> numbers = found.numbers();
        return new FitBenchmark(found.model(), numbers.get(0), numbers.get(1), numbers.get(2));
    }

    /** Milliseconds of each way's steps, sorted, by its label; prints their median and quartiles. */
    public Map<String, double[]> run(PrintStream out) {
        INDArray images = Nd4j.rand(DataType.FLOAT, batch, size, size, 3).permute(0, 3, 1, 2);
        INDArray labels = Nd4j.zeros(DataType.FLOAT, batch, CLASSES);
        for (int image = 0; image < batch; image++) {
            labels.putScalar(image, image % CLASSES, 1);
        }
        DataSet data = new DataSet(images, labels);
        Map<Way, ComputationGraph> networks = new EnumMap<>(Way.class);
        Map<Way, double[]> times = new EnumMap<>(Way.class);
        for (Way way : Way.values()) {
            ComputationGraph network = NetworkGraph.create(
                    model,
                    GraphOptions.builder(model)
                            .classes(CLASSES)
                            .updater(new Adam(1e-4))
                            .build());
            way.install(network);
            networks.put(way, network);
            times.put(way, new double[0]);
            measured(network, data, steps / ROUNDS + 1); // warms up
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (Way way : Way.values()) {
                // Each way opens workspaces of its own kind.
                Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
                measured(networks.get(way), data, 2);
                int count = steps * (round + 1) / ROUNDS - steps * round / ROUNDS;
                double[] more = measured(networks.get(way), data, count);
                times.merge(way, more, FitBenchmark::joined);
            }
        }
        out.printf("%s, batch %d, %d pixels, milliseconds a step: median (quartiles)%n", model.name(), batch, size);
        Map<String, double[]> byLabel = new LinkedHashMap<>();
        times.forEach((way, millis) -> {
            Arrays.sort(millis);
            byLabel.put(way.label, millis);
            out.printf("%-22s %7.1f (%.1f to %.1f)%n", way.label, at(millis, 0.5), at(millis, 0.25), at(millis, 0.75));
        });
        return byLabel;
    }

    private static double[] measured(ComputationGraph network, DataSet data, int count) {
        double[] millis = new double[count];
        for (int step = 0; step < count; step++) {
            long start = System.nanoTime();
            network.fit(data);
            millis[step] = (System.nanoTime() - start) / 1e6;
        }
        return millis;
    }

    private static double[] joined(double[] first, double[] second) {
        return DoubleStream.concat(Arrays.stream(first), Arrays.stream(second)).toArray();
    }

    private static double at(double[] sorted, double share) {
        return sorted[(int) Math.round(share * (sorted.length - 1))];
    }
}
