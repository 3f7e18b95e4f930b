package org.efficientnet4j.benchmarks.leaks;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.benchmark.ProcessMemory;
import org.efficientnet4j.benchmarks.CaseArguments;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.graph.FusedUpdater;
import org.efficientnet4j.graph.GraphOptions;
import org.efficientnet4j.graph.NetworkGraph;
import org.efficientnet4j.graph.StepMemory;
import org.efficientnet4j.graph.layers.FusedBlocks;
import org.efficientnet4j.models.ModelDefinition;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Trains many steps at one size, then goes round and round through five sizes, a few steps and an inference at each, and
 * prints the process's resident memory: every so many steps, and at the end of each round.
 *
 * @param model the network
 * @param batch images a step
 * @param size image height and width in pixels of the first part, and the largest of the second
 * @param steps of the first part
 * @param changes of size in the second part
 */
public record LeakCheck(ModelDefinition model, int batch, int size, int steps, int changes) {
    private static final String USAGE = "[MODEL BATCH SIZE STEPS CHANGES]";
    private static final List<String> USUAL = List.of("efficientnet_b0", "2", "64", "2000", "50");
    private static final int CLASSES = 10;
    private static final int SAMPLES = 20;
    private static final int SIZES = 5;
    private static final int LEAST_ROUNDS = Growth.LEAST_SAMPLES;
    private static final int STEPS_A_SIZE = 3;
    private static final long FREEING_MILLIS = 100;

    /** @throws InvalidInputException for a number out of range */
    public LeakCheck {
        int least = model.plan().minimumSize();
        if (batch < 1 || size < least + SIZES || steps < SAMPLES || changes < LEAST_ROUNDS * SIZES) {
            throw new InvalidInputException("Expected at least batch 1, size " + (least + SIZES) + ", " + SAMPLES
                    + " steps and " + LEAST_ROUNDS * SIZES + " changes, found " + List.of(batch, size, steps, changes));
        }
    }

    /** Exits with 1 where memory grew, with 2 for arguments that make no sense. */
    public static void main(String[] arguments) {
        LeakCheck check;
        try {
            check = parse(arguments);
        } catch (InvalidInputException invalid) {
            System.err.println("leaks: " + invalid.getMessage());
            System.exit(2);
            return;
        }
        System.exit(check.run(System.out) ? 0 : 1);
    }

    static LeakCheck parse(String... words) {
        CaseArguments found = CaseArguments.parse(USAGE, List.of(words), USUAL);
        List<Integer> numbers = found.numbers();
        return new LeakCheck(found.model(), numbers.get(0), numbers.get(1), numbers.get(2), numbers.get(3));
    }

    /** Returns whether memory stayed flat in both parts. */
    public boolean run(PrintStream out) {
        ComputationGraph network = NetworkGraph.create(
                model, GraphOptions.builder(model).classes(CLASSES).build());
        FusedUpdater.install(network);
        FusedBlocks.install(network, false);
        out.printf("%s, batch %d, resident MiB%n", model.name(), batch);
        boolean steady = verdict(out, steps + " steps at " + size + " pixels", oneSize(network, out));
        boolean changing = verdict(out, changes + " changes of size", changingSizes(network, out));
        return steady && changing;
    }

    private List<Long> oneSize(ComputationGraph network, PrintStream out) {
        List<Long> samples = new ArrayList<>();
        DataSet images = images(size);
        for (int step = 1; step <= steps; step++) {
            train(network, images);
            if (step * SAMPLES / steps > samples.size()) {
                samples.add(resident());
                out.printf("step %5d: %d%n", step, samples.get(samples.size() - 1));
            }
        }
        return samples;
    }

    private List<Long> changingSizes(ComputationGraph network, PrintStream out) {
        int least = model.plan().minimumSize();
        List<Long> samples = new ArrayList<>();
        for (int change = 1; change <= changes; change++) {
            int inRound = (change - 1) % SIZES + 1;
            int pixels = least + (size - least) * inRound / SIZES;
            Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread(); // as the trainer does for a stage
            DataSet images = images(pixels);
            for (int step = 0; step < STEPS_A_SIZE; step++) {
                train(network, images);
            }
            network.outputSingle(images.getFeatures());
            if (inRound == SIZES) {
                samples.add(resident());
                out.printf("change %4d, to %d pixels: %d%n", change, pixels, samples.get(samples.size() - 1));
            }
        }
        return samples;
    }

    /** A step in the trainer's memory. */
    private static void train(ComputationGraph network, DataSet images) {
        StepMemory.prepare();
        network.fit(images);
    }

    private static boolean verdict(PrintStream out, String what, List<Long> samples) {
        Growth growth = Growth.of(samples);
        out.printf(
                "%s: %.0f MiB in the second quarter, %.0f in the last: %+.1f %%, %s (tolerated: %.0f %%)%n",
                what,
                growth.before(),
                growth.after(),
                growth.percent(),
                growth.flat() ? "flat" : "GROWS",
                Growth.TOLERATED_PERCENT);
        return growth.flat();
    }

    private DataSet images(int pixels) {
        INDArray labels = Nd4j.zeros(DataType.FLOAT, batch, CLASSES);
        for (int image = 0; image < batch; image++) {
            labels.putScalar(image, image % CLASSES, 1);
        }
        return new DataSet(Nd4j.rand(DataType.FLOAT, batch, pixels, pixels, 3).permute(0, 3, 1, 2), labels);
    }

    /** After a collection: ND4J frees native arrays when their Java objects are garbage. */
    private static long resident() {
        System.gc();
        try {
            Thread.sleep(FREEING_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return ProcessMemory.residentMegabytes();
    }
}
