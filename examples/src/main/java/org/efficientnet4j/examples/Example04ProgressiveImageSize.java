package org.efficientnet4j.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.data.DataSplits;
import org.efficientnet4j.data.ImageSource;
import org.efficientnet4j.data.pipeline.EpochIterator;
import org.efficientnet4j.data.pipeline.ImagePipeline;
import org.efficientnet4j.data.source.ImageSources;
import org.efficientnet4j.data.source.SplitOptions;
import org.efficientnet4j.evaluate.Evaluator;
import org.efficientnet4j.examples.support.Flags;
import org.efficientnet4j.examples.support.Flags.Given;
import org.efficientnet4j.examples.support.SmallNetwork;
import org.efficientnet4j.graph.ClassifierInit;
import org.efficientnet4j.graph.FusedUpdater;
import org.efficientnet4j.graph.GraphOptions;
import org.efficientnet4j.graph.NetworkGraph;
import org.efficientnet4j.graph.StepMemory;
import org.efficientnet4j.models.ModelDefinition;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.schedule.PolySchedule;
import org.nd4j.linalg.schedule.RampSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/**
 * Trains on small images first and on larger ones later, step by step: the loop over phases, epochs and batches is written
 * out here on the public API. {@code effnet train --progressive paper} does the same by one option.
 *
 * <p>Source: EfficientNetV2 (arXiv 2104.00298), Algorithm 1; here the image size alone grows, what else may grow is
 * example 05's.
 */
public final class Example04ProgressiveImageSize {
    private static final long SEED = 1;
    private static final int BATCH = 16;

    static final Flags FLAGS = Flags.of(
                    "04 progressive-image-size",
                    "Trains one network at growing image sizes and its twin at the last size throughout, for as many epochs,",
                    "in a loop that is all there to read.",
                    "Expect the growing one to take 0.55 to 0.75 of the time. Accuracy within some points of each other: at this",
                    "small scale either may be ahead. Takes 1 to 4 minutes, with --quick 10 to 60 seconds.")
            .with("--data", "SOURCE", "shapes:3000", "shapes:1500", "what to learn from, as 'effnet train' takes it")
            .with("--from", "N", "24", "first image size in pixels")
            .with("--to", "N", "48", "last image size in pixels; judged at it, too")
            .with("--phases", "N", "4", "3", "sizes")
            .with("--epochs", "N", "2", "1", "epochs of each phase");

    private Example04ProgressiveImageSize() {}

    /**
     * A part of a training with one image size.
     *
     * @param size image height and width in pixels
     * @param epochs passes over the training images
     */
    record Phase(int size, int epochs) {}

    /**
     * Result of an epoch.
     *
     * @param size height and width of the batches that the network really got
     * @param seconds of training
     * @param top1 share of held-out images it has right, judged at the last size
     */
    public record Epoch(long size, double seconds, double top1) {}

    /**
     * Result of the run.
     *
     * @param growing epochs of the training whose images grow
     * @param fixed epochs of its twin at the last size
     * @param workShare multiply-accumulates of the first over those of the second
     */
    public record Result(List<Epoch> growing, List<Epoch> fixed, double workShare) {}

    /** Trains both and compares. */
    public static void main(String[] args) {
        FLAGS.read(args).ifPresent(Example04ProgressiveImageSize::run);
    }

    static Result run(Given given) {
        DataSplits data = ImageSources.open(given.text("--data"), new SplitOptions(0.2, SEED));
        ModelDefinition model = SmallNetwork.model();
        List<Phase> phases = phases(
                given.number("--from", model.plan().minimumSize()),
                given.number("--to", model.plan().minimumSize()),
                given.number("--phases", 1),
                given.number("--epochs", 1));
        int last = phases.get(phases.size() - 1).size();
        int epochs = phases.stream().mapToInt(Phase::epochs).sum();
        int classes = data.train().labels().size();
        double growingWork = phases.stream()
                .mapToDouble(phase -> (double) phase.epochs()
                        * model.cost(classes, phase.size()).macs())
                .sum();
        double workShare =
                growingWork / ((double) epochs * model.cost(classes, last).macs());

        System.out.println("The first seconds of a Java program are slow; a training that is thrown away takes them:");
        DataSplits few = ImageSources.open("subset:160/32:" + given.text("--data"), new SplitOptions(0.2, SEED));
        train(model, few, phases);
        System.out.println("Images that grow, phase by phase; weights and optimiser run on:");
        List<Epoch> growing = train(model, data, phases);
        System.out.println("The same network from the same first weights, at the last size throughout:");
        List<Epoch> fixed = train(model, data, List.of(new Phase(last, epochs)));

        System.out.printf(
                Locale.ROOT,
                "%nGrowing: %.1f %% in %.0f s. Fixed: %.1f %% in %.0f s.%nGrowing took %.2f of the time; by"
                        + " multiply-accumulates it is %.2f.%n",
                100 * growing.get(epochs - 1).top1(),
                seconds(growing),
                100 * fixed.get(epochs - 1).top1(),
                seconds(fixed),
                seconds(growing) / seconds(fixed),
                workShare);
        System.out.printf(
                Locale.ROOT,
                "Of %,d held-out images, each accuracy is known to about +-%.1f points (one standard error), and another seed"
                        + " gives another one:%na smaller difference means nothing. docs/progressive-learning.md has the"
                        + " comparison of three seeds on CIFAR-10.%n",
                data.validation().size(),
                100 * Math.sqrt(0.25 / data.validation().size()));
        return new Result(growing, fixed, workShare);
    }

    /** Sizes on a straight line from the first to the last: {@code from + (to - from) * i / (M - 1)}. */
    private static List<Phase> phases(int from, int to, int count, int epochs) {
        if (from > to) {
            throw new InvalidInputException("--from must be at most --to, found " + from + " and " + to);
        }
        List<Phase> phases = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double share = count == 1 ? 1 : i / (count - 1.0);
            phases.add(new Phase((int) Math.round(from + (to - from) * share), epochs));
        }
        return phases;
    }

    private static List<Epoch> train(ModelDefinition model, DataSplits data, List<Phase> phases) {
        int lastSize = phases.get(phases.size() - 1).size();
        int epochsInAll = phases.stream().mapToInt(Phase::epochs).sum();
        int steps = epochsInAll * (data.train().size() / BATCH);
        // The learning rate rises for a tenth of the steps, then falls to 0 on a line, whatever the phases are.
        Adam adam =
                new Adam(new RampSchedule(new PolySchedule(ScheduleType.ITERATION, 0.01, 1, steps), steps / 10 + 1));
        ComputationGraph network = NetworkGraph.create(
                model,
                GraphOptions.builder(model)
                        .classes(data.train().labels().size())
                        .dropout(0)
                        .dropConnectRate(0)
                        .updater(adam)
                        .weightDecay(1e-5)
                        .batchNormDecay(0.9) // a short run must forget its first statistics soon
                        .zeroInitResidual(true)
                        .classifierInit(ClassifierInit.BY_FEATURES)
                        .seed(SEED)
                        .build());
        FusedUpdater.install(network); // DL4J's Adam in one pass: the same numbers, sooner
        ImagePipeline heldOut = pipeline(data.validation(), lastSize).build();

        List<Epoch> epochs = new ArrayList<>();
        for (Phase phase : phases) {
            // One network takes every size: convolutions do not care, and the last pooling averages what there is.
            ImagePipeline images = pipeline(data.train(), phase.size())
                    .shuffle(true)
                    .dropLast(true)
                    .build();
            Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread(); // those of the last size would stay
            for (int i = 0; i < phase.epochs(); i++) {
                long start = System.nanoTime();
                long size = 0;
                try (EpochIterator batches = images.epoch(epochs.size())) {
                    while (batches.hasNext()) {
                        DataSet batch = batches.next(); // features [16, 3, size, size], labels one-hot [32, classes]
                        size = batch.getFeatures().size(2);
                        StepMemory.prepare();
                        network.fit(batch);
                    }
                }
                double seconds = (System.nanoTime() - start) / 1e9;
                Epoch epoch = new Epoch(size, seconds, top1(network, heldOut));
                epochs.add(epoch);
                System.out.printf(
                        Locale.ROOT,
                        "  epoch %d of %d at %d px: %.1f s, right on %.1f %% of the held-out images%n",
                        epochs.size(),
                        epochsInAll,
                        epoch.size(),
                        epoch.seconds(),
                        100 * epoch.top1());
            }
        }
        return epochs;
    }

    private static ImagePipeline.Builder pipeline(ImageSource images, int size) {
        return ImagePipeline.builder(images).size(size).batch(BATCH).seed(SEED);
    }

    private static double top1(ComputationGraph network, ImagePipeline images) {
        try (EpochIterator batches = images.epoch(0)) {
            return new Evaluator(network, images.source().labels())
                    .evaluate(batches)
                    .top1();
        }
    }

    private static double seconds(List<Epoch> epochs) {
        return epochs.stream().mapToDouble(Epoch::seconds).sum();
    }
}
