package org.efficientnet4j.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.EarlyStoppingResult;
import org.deeplearning4j.earlystopping.saver.InMemoryModelSaver;
import org.deeplearning4j.earlystopping.scorecalc.ClassificationScoreCalculator;
import org.deeplearning4j.earlystopping.termination.MaxEpochsTerminationCondition;
import org.deeplearning4j.earlystopping.termination.ScoreImprovementEpochTerminationCondition;
import org.deeplearning4j.earlystopping.trainer.EarlyStoppingGraphTrainer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.util.ModelSerializer;
import org.efficientnet4j.data.DataSplits;
import org.efficientnet4j.data.ImageSource;
import org.efficientnet4j.data.pipeline.EpochIterator;
import org.efficientnet4j.data.pipeline.ImagePipeline;
import org.efficientnet4j.data.source.ImageSources;
import org.efficientnet4j.data.source.SplitOptions;
import org.efficientnet4j.examples.support.Flags;
import org.efficientnet4j.examples.support.Flags.Given;
import org.efficientnet4j.examples.support.SmallNetwork;
import org.efficientnet4j.graph.ClassifierInit;
import org.efficientnet4j.graph.FastTraining;
import org.efficientnet4j.graph.GraphOptions;
import org.efficientnet4j.graph.NetworkGraph;
import org.efficientnet4j.models.ModelDefinition;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/**
 * The network as one more {@code ComputationGraph}, the pipeline as one more {@code DataSetIterator}: DL4J's own fit, listeners,
 * evaluation, early stopping, serialiser and transfer learning, without this toolkit's trainer.
 */
public final class Example13InsidePlainDl4j {
    private static final int BATCH = 16;
    private static final long SEED = 3;

    static final Flags FLAGS = Flags.of(
                    "13 inside-plain-dl4j",
                    "Trains by DL4J's fit with a listener, stops early by EarlyStoppingGraphTrainer, saves by ModelSerializer and",
                    "puts a new classifier on by DL4J's TransferLearning.",
                    "Expect each part to take up where the one before ended. Takes 20 to 80 seconds, with --quick 6 to 15.")
            .with("--data", "SOURCE", "classes:0-4:shapes:6000", "classes:0-4:shapes:4000", "what to learn from first")
            .with("--then", "SOURCE", "classes:5-9:shapes:2000", "other classes, for a new head")
            .with("--out", "DIR", "runs/13", "folder of the saved network")
            .with("--epochs", "N", "3", "1", "epochs of fit; early stopping adds at most as many again");

    private Example13InsidePlainDl4j() {}

    /**
     * Result of the run.
     *
     * @param steps iterations that the listener heard of
     * @param fitted held-out accuracy after fit
     * @param stopping DL4J's report of early stopping
     * @param stopped held-out accuracy of its best network
     * @param restored held-out accuracy of the network that was saved and read again
     * @param newClasses held-out accuracy on other classes, of a new classifier on the frozen rest
     * @param backboneMoved the largest change of a frozen weight
     */
    public record Result(
            int steps,
            double fitted,
            EarlyStoppingResult<ComputationGraph> stopping,
            double stopped,
            double restored,
            double newClasses,
            double backboneMoved) {}

    /** Trains in DL4J's ways. */
    public static void main(String[] args) throws IOException {
        Optional<Given> given = FLAGS.read(args);
        if (given.isPresent()) {
            run(given.get());
        }
    }

    static Result run(Given given) throws IOException {
        int epochs = given.number("--epochs", 1);
        DataSplits data = ImageSources.open(given.text("--data"), new SplitOptions(0.2, SEED));
        EpochIterator train = training(data.train()); // each reset goes on to the next epoch
        EpochIterator heldOut = pipeline(data.validation()).build().epoch(0);
        ModelDefinition model = SmallNetwork.model();
        ComputationGraph network = NetworkGraph.create(
                model,
                GraphOptions.builder(model)
                        .classes(data.train().labels().size())
                        .updater(new Adam(0.01))
                        .batchNormDecay(0.9)
                        .dropout(0)
                        .dropConnectRate(0)
                        .zeroInitResidual(true)
                        .classifierInit(ClassifierInit.BY_FEATURES)
                        .seed(SEED)
                        .build());

        System.out.println("1. fit, with a listener:");
        StepLines steps = new StepLines();
        network.setListeners(steps);
        FastTraining.install(network); // optional: the same results, sooner
        network.fit(train, epochs);
        double fitted = accuracy(network, heldOut);
        System.out.printf(Locale.ROOT, "  DL4J's Evaluation on held-out images: %.1f %%%n", 100 * fitted);

        System.out.println("2. EarlyStoppingGraphTrainer goes on, judging after each epoch:");
        EarlyStoppingConfiguration<ComputationGraph> stopping = new EarlyStoppingConfiguration.Builder<
                        ComputationGraph>()
                .epochTerminationConditions(
                        new MaxEpochsTerminationCondition(epochs), new ScoreImprovementEpochTerminationCondition(1))
                .scoreCalculator(new ClassificationScoreCalculator(Evaluation.Metric.ACCURACY, heldOut))
                .modelSaver(new InMemoryModelSaver<>())
                .build();
        EarlyStoppingResult<ComputationGraph> result = new EarlyStoppingGraphTrainer(stopping, network, train).fit();
        ComputationGraph best = result.getBestModel();
        double stopped = accuracy(best, heldOut);
        System.out.printf(
                Locale.ROOT,
                "  %s after %d epochs (%s); the best was epoch %d: %.1f %%%n",
                result.getTerminationReason(),
                result.getTotalEpochs(),
                result.getTerminationDetails(),
                result.getBestModelEpoch() + 1,
                100 * stopped);

        Path file = Files.createDirectories(Path.of(given.text("--out"))).resolve("dl4j.zip");
        ModelSerializer.writeModel(best, file.toFile(), true);
        ComputationGraph restored = ModelSerializer.restoreComputationGraph(file.toFile());
        double again = accuracy(restored, heldOut);
        System.out.printf(Locale.ROOT, "3. ModelSerializer: saved as %s and read again: %.1f %%%n", file, 100 * again);
        return transfer(given, restored, steps.count, fitted, result, stopped, again);
    }

    private static Result transfer(
            Given given,
            ComputationGraph trained,
            int steps,
            double fitted,
            EarlyStoppingResult<ComputationGraph> result,
            double stopped,
            double again) {
        System.out.println("4. DL4J's TransferLearning: a new classifier on the frozen rest, for other classes:");
        DataSplits others = ImageSources.open(given.text("--then"), new SplitOptions(0.2, SEED));
        int features = (int) trained.getParam("classifier_W").size(0);
        ComputationGraph tuned = new org.deeplearning4j.nn.transferlearning.TransferLearning.GraphBuilder(trained)
                .fineTuneConfiguration(new FineTuneConfiguration.Builder()
                        .updater(new Adam(0.01))
                        .build())
                .setFeatureExtractor("head.pool") // it and all before it are frozen
                .removeVertexAndConnections("classifier")
                .addLayer(
                        "classifier",
                        new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
                                .nIn(features)
                                .nOut(others.train().labels().size())
                                .activation(org.nd4j.linalg.activations.Activation.SOFTMAX)
                                .build(),
                        "head.pool")
                .setOutputs("classifier")
                .build();
        INDArray before = tuned.getParam("stem_W").dup();
        tuned.fit(training(others.train()), 2 * given.number("--epochs", 1));
        double moved = tuned.getParam("stem_W").sub(before).amaxNumber().doubleValue();
        double newClasses =
                accuracy(tuned, pipeline(others.validation()).build().epoch(0));
        System.out.printf(
                Locale.ROOT,
                "  %s: %.1f %% of the held-out images right; the frozen stem moved by %.1f.%n",
                String.join(", ", others.train().labels()),
                100 * newClasses,
                moved);
        return new Result(steps, fitted, result, stopped, again, newClasses, moved);
    }

    /** Training images, shuffled anew in each pass. */
    private static EpochIterator training(ImageSource images) {
        return pipeline(images).shuffle(true).dropLast(true).build().iterator();
    }

    private static ImagePipeline.Builder pipeline(ImageSource images) {
        return ImagePipeline.builder(images).size(32).batch(BATCH).seed(SEED);
    }

    private static double accuracy(ComputationGraph network, EpochIterator images) {
        images.reset();
        Evaluation evaluation = network.evaluate(images);
        return evaluation.accuracy();
    }

    /** Prints the loss now and then, as DL4J's ScoreIterationListener does, to standard output. */
    private static final class StepLines extends BaseTrainingListener {
        private static final int EVERY = 50;
        private int count;

        @Override
        public void iterationDone(Model model, int iteration, int epoch) {
            count++;
            if (count % EVERY == 0) {
                System.out.printf(Locale.ROOT, "  step %d, epoch %d: loss %.3f%n", count, epoch + 1, model.score());
            }
        }
    }
}
