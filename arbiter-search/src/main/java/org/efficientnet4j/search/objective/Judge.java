package org.efficientnet4j.search.objective;

import java.util.BitSet;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.data.ImageSource;
import org.efficientnet4j.data.pipeline.EpochIterator;
import org.efficientnet4j.data.pipeline.ImagePipeline;
import org.efficientnet4j.graph.NetworkInference;
import org.efficientnet4j.search.study.Answers;
import org.efficientnet4j.train.options.DataOptions;
import org.efficientnet4j.train.options.TrainingOptions;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** Judges a trained network image by image, as the training's own validation does on the whole. */
final class Judge {
    private final TrainingOptions options;

    /** @param options of the training, whose preprocessing is used */
    Judge(TrainingOptions options) {
        this.options = options;
    }

    /** The network's answers in the source's order; images that cannot be read are left out. */
    Answers answers(ComputationGraph network, ImageSource images) {
        ImagePipeline pipeline = ImagePipeline.builder(images)
                .size(options.get(DataOptions.EVALUATION_SIZE))
                .batch(options.get(DataOptions.BATCH))
                .workers(options.get(DataOptions.WORKERS))
                .normalization(options.get(DataOptions.NORMALIZATION))
                .channels(options.get(DataOptions.CHANNELS))
                .cropFraction(options.get(DataOptions.CROP_FRACTION))
                .build();
        BitSet right = new BitSet();
        int count = 0;
        try (NetworkInference inference = NetworkInference.of(network);
                EpochIterator batches = pipeline.epoch(0)) {
            while (batches.hasNext()) {
                DataSet batch = batches.next();
                INDArray answered = inference.output(batch.getFeatures()).argMax(1);
                int[] answers = answered.toIntVector();
                int[] truths = batch.getLabels().argMax(1).toIntVector();
                for (int i = 0; i < answers.length; i++) {
                    right.set(count++, answers[i] == truths[i]);
                }
            }
        }
        return new Answers(count, right);
    }

    /** The share of a source's most frequent class. */
    static double chance(ImageSource images) {
        int[] counts = new int[images.labels().size()];
        int most = 0;
        for (int i = 0; i < images.size(); i++) {
            most = Math.max(most, ++counts[images.label(i)]);
        }
        return (double) most / images.size();
    }
}
