package org.efficientnet4j.compare;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.efficientnet4j.compare.Answers.Answer;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.Preprocessing;
import org.efficientnet4j.data.ImageSource;
import org.efficientnet4j.data.SkippedImage;
import org.efficientnet4j.data.pipeline.EpochIterator;
import org.efficientnet4j.data.pipeline.ImagePipeline;
import org.efficientnet4j.graph.NetworkInference;
import org.efficientnet4j.model.ModelFile;
import org.efficientnet4j.model.ModelMetadata;
import org.efficientnet4j.train.run.DataRecord;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Puts a model file to the question on every image of a source. */
final class AnsweredImages {
    private static final int BATCH = 32;

    private AnsweredImages() {}

    /**
     * Asks for each image's class.
     *
     * @throws InvalidInputException if the images have other classes, none can be read, or an answer is not a number
     */
    static Answers of(ModelFile model, ImageSource images) {
        ModelMetadata metadata = model.metadata();
        DataRecord.requireSameLabels(metadata.labels(), images);
        Preprocessing preprocessing = metadata.preprocessing();
        ImagePipeline pipeline = ImagePipeline.builder(images)
                .size(preprocessing.size())
                .cropFraction(preprocessing.cropFraction())
                .normalization(preprocessing.normalization())
                .channels(metadata.channels())
                .batch(BATCH)
                .build();
        NetworkInference network = NetworkInference.of(model.graph());
        List<float[]> rows = new ArrayList<>();
        try (EpochIterator batches = pipeline.epoch(0)) {
            while (batches.hasNext()) {
                INDArray probabilities = network.output(batches.next().getFeatures());
                rows.addAll(List.of(probabilities.toFloatMatrix()));
            }
        }
        return new Answers(metadata.labels(), answers(images, pipeline.skipped(), rows));
    }

    /** Batches hold the readable images in order, so that the skipped ones tell whose answers these are. */
    private static List<Answer> answers(ImageSource images, List<SkippedImage> skipped, List<float[]> rows) {
        Set<Integer> unread = skipped.stream().map(SkippedImage::index).collect(Collectors.toSet());
        Iterator<float[]> next = rows.iterator();
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            if (!unread.contains(i)) {
                answers.add(answer(images.id(i), images.label(i), next.next()));
            }
        }
        if (answers.isEmpty()) {
            throw new InvalidInputException("At least 1 image must be readable, found none in " + images.description());
        }
        return answers;
    }

    private static Answer answer(String image, int truth, float[] probabilities) {
        int predicted = 0;
        for (int c = 0; c < probabilities.length; c++) {
            if (!Float.isFinite(probabilities[c])) {
                throw new InvalidInputException("Probabilities must be finite numbers, found " + probabilities[c]
                        + " for " + image + ": the network's weights are too large to compute with; lower the learning"
                        + " rate (--learning-rate)");
            }
            predicted = probabilities[c] > probabilities[predicted] ? c : predicted;
        }
        return new Answer(image, truth, predicted, probabilities[truth]);
    }
}
