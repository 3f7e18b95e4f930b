package org.efficientnet4j.evaluate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.Preprocessing;
import org.efficientnet4j.data.ImageSource;
import org.efficientnet4j.data.SkippedImage;
import org.efficientnet4j.data.pipeline.EpochIterator;
import org.efficientnet4j.data.pipeline.ImagePipeline;
import org.efficientnet4j.data.source.ImageSources;
import org.efficientnet4j.graph.NetworkInference;
import org.efficientnet4j.plan.PlanSettings;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Names the classes of image files. Images are read as {@link Evaluator}'s are, so both agree on the same file. */
public final class Predictor {
    private final NetworkInference network;
    private final List<String> labels;
    private final Preprocessing preprocessing;
    private final int channels;

    /**
     * @param graph a network with one softmax output {@code [N, classes]}
     * @param labels its classes' names in the order of its outputs
     * @param preprocessing what it expects of an image
     */
    public Predictor(ComputationGraph graph, List<String> labels, Preprocessing preprocessing) {
        this(NetworkInference.of(graph), labels, preprocessing, PlanSettings.RGB);
    }

    /**
     * @param network of one softmax output {@code [N, classes]}
     * @param labels its classes' names in the order of its outputs
     * @param preprocessing what it expects of an image
     * @param channels of its input: 1 (luminance), 3 (RGB) or 4 (RGB and alpha)
     */
    public Predictor(NetworkInference network, List<String> labels, Preprocessing preprocessing, int channels) {
        this.network = network;
        this.labels = List.copyOf(labels);
        this.preprocessing = preprocessing;
        this.channels = channels;
    }

    /**
     * A class and how probable it is.
     *
     * @param label the class's name
     * @param probability in [0, 1]
     */
    public record Score(String label, double probability) {}

    /**
     * Classifies one image.
     *
     * @param file the image
     * @param scores every class, the most probable first
     */
    public record Prediction(Path file, List<Score> scores) {
        /** Copies the list. */
        public Prediction {
            scores = List.copyOf(scores);
        }
    }

    /**
     * Classifies several images.
     *
     * @param predictions of the readable files, in the order asked
     * @param unreadable the others
     */
    public record Result(List<Prediction> predictions, List<SkippedImage> unreadable) {
        /** Copies the lists. */
        public Result {
            predictions = List.copyOf(predictions);
            unreadable = List.copyOf(unreadable);
        }
    }

    /**
     * Looks at images.
     *
     * @param files image files
     * @param batch how many to look at together
     * @throws InvalidInputException if the network's probabilities are not finite numbers
     */
    public Result predict(List<Path> files, int batch) {
        ImageSource source = ImageSources.ofFiles(files, labels);
        ImagePipeline pipeline = ImagePipeline.builder(source)
                .size(preprocessing.size())
                .cropFraction(preprocessing.cropFraction())
                .normalization(preprocessing.normalization())
                .channels(channels)
                .batch(batch)
                .build();
        List<List<Score>> scores = new ArrayList<>();
        try (EpochIterator batches = pipeline.epoch(0)) {
            while (batches.hasNext()) {
                scores.addAll(score(network.output(batches.next().getFeatures())));
            }
        }
        return join(files, scores, pipeline.skipped());
    }

    /** Batches hold the readable images in order, so that the skipped ones tell whose scores these are. */
    private static Result join(List<Path> files, List<List<Score>> scores, List<SkippedImage> unreadable) {
        Set<Integer> skipped =
                unreadable.stream().map(SkippedImage::index).collect(Collectors.toCollection(HashSet::new));
        List<Prediction> predictions = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            if (!skipped.contains(i)) {
                List<Score> found = scores.get(predictions.size());
                requireFinite(files.get(i), found);
                predictions.add(new Prediction(files.get(i), found));
            }
        }
        return new Result(predictions, unreadable);
    }

    private static void requireFinite(Path file, List<Score> scores) {
        for (Score score : scores) {
            if (!Double.isFinite(score.probability())) {
                throw new InvalidInputException("Probabilities must be finite numbers, found " + score.probability()
                        + " for " + score.label() + " in " + file + ": the model's weights are too large to compute"
                        + " with; take an earlier checkpoint, or fetch the file again");
            }
        }
    }

    private List<List<Score>> score(INDArray probabilities) {
        return IntStream.range(0, (int) probabilities.size(0))
                .mapToObj(row -> IntStream.range(0, labels.size())
                        .mapToObj(c -> new Score(labels.get(c), probabilities.getDouble(row, c)))
                        .sorted(Comparator.comparingDouble(Score::probability).reversed())
                        .toList())
                .toList();
    }
}
