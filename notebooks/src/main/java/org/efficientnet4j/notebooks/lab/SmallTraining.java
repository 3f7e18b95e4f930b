package org.efficientnet4j.notebooks.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.train.ImageTraining;
import org.efficientnet4j.train.ProgressListener;
import org.efficientnet4j.train.TrainingFailedException;
import org.efficientnet4j.train.metrics.EpochMetrics;
import org.efficientnet4j.train.options.TrainingOptionsBuilder;
import org.efficientnet4j.train.run.TrainingRun;

/**
 * Curves of a training, made by the toolkit's own trainer in a temporary folder.
 *
 * @param epochs figures epoch by epoch; fewer than asked for where the training failed
 * @param modelFile the trained network, there until the JVM ends; empty where the training failed
 * @param failure the reason of a failure, such as a loss that is no longer a number; empty else
 */
public record SmallTraining(List<EpochMetrics> epochs, Path modelFile, String failure) {
    /** Copies the list. */
    public SmallTraining {
        epochs = List.copyOf(epochs);
    }

    /**
     * Trains a network.
     *
     * @param network what is trained, whatever the options' model names
     * @param options at least a source of images
     */
    public static SmallTraining of(ModelDefinition network, TrainingOptionsBuilder options) {
        ImageTraining training = ImageTraining.prepare(options, network);
        List<EpochMetrics> epochs = new ArrayList<>();
        TrainingRun run = TrainingRun.create(folder(), training.options());
        try {
            training.trainer(run)
                    .listener(new ProgressListener() {
                        @Override
                        public void epochDone(EpochMetrics metrics, boolean best) {
                            epochs.add(metrics);
                        }
                    })
                    .train();
            return new SmallTraining(epochs, run.modelFile(), "");
        } catch (TrainingFailedException e) {
            return new SmallTraining(epochs, Path.of(""), e.getMessage());
        }
    }

    private static Path folder() {
        try {
            Path folder = Files.createTempDirectory("effnet-notebook");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
            return folder;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("The folder for temporary files must be writable", e);
        }
    }

    @SuppressWarnings("ResultOfMethodCallIgnored") // at the JVM's end there is nobody left to tell
    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            folder.toFile().deleteOnExit();
        }
    }

    /** Numbers of the epochs, from 1. */
    public List<Integer> numbers() {
        return IntStream.rangeClosed(1, epochs.size()).boxed().toList();
    }

    /** Mean loss on training images, epoch by epoch, in nats. */
    public List<Double> trainLoss() {
        return epochs.stream().map(EpochMetrics::trainLoss).toList();
    }

    /** Accuracy on training images, each taken while it was learnt from, in percent. */
    public List<Double> trainAccuracy() {
        return epochs.stream().map(epoch -> 100 * epoch.trainAccuracy()).toList();
    }

    /** Loss on held-out images, epoch by epoch, in nats. */
    public List<Double> heldOutLoss() {
        return epochs.stream()
                .map(epoch -> epoch.validation().orElseThrow().loss())
                .toList();
    }

    /** Accuracy on held-out images, epoch by epoch, in percent. */
    public List<Double> heldOutAccuracy() {
        return epochs.stream()
                .map(epoch -> 100 * epoch.validation().orElseThrow().top1())
                .toList();
    }

    /** Accuracy on held-out images after the last epoch, in percent; 0 where there was none. */
    public double accuracy() {
        List<Double> all = heldOutAccuracy();
        return all.isEmpty() ? 0 : all.get(all.size() - 1);
    }

    /** Time of all epochs in seconds, validation included. */
    public double seconds() {
        return epochs.stream().mapToDouble(EpochMetrics::seconds).sum();
    }
}
