package org.efficientnet4j.train;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.bytedeco.opencv.opencv_core.Mat;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.data.ImageSource;
import org.efficientnet4j.data.RgbImages;
import org.efficientnet4j.data.SkippedImage;
import org.efficientnet4j.data.pipeline.EpochIterator;
import org.efficientnet4j.data.pipeline.ImagePipeline;
import org.efficientnet4j.evaluate.PredictionTally;
import org.efficientnet4j.graph.NetworkInference;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** Scores a network on a pipeline's images in their order and remembers those it was most wrong about. */
final class FinalJudge {
    private static final int LONGEST_SIDE = 144;
    private static final int PIXEL_ART = 64;

    private final ComputationGraph network;
    private final List<String> labels;
    private final int mistakes;

    /**
     * @param labels of the network's outputs
     * @param mistakes how many of the worst to keep
     */
    FinalJudge(ComputationGraph network, List<String> labels, int mistakes) {
        this.network = network;
        this.labels = labels;
        this.mistakes = mistakes;
    }

    /** A wrong answer: the how-manieth image read, and what the network said. */
    private record Wrong(int position, int truth, int predicted, float probability, float truthProbability) {}

    Judgement judge(ImagePipeline pipeline) {
        PredictionTally tally = new PredictionTally(labels.size());
        // The least wrong first, so that it is the one to make room.
        PriorityQueue<Wrong> worst =
                new PriorityQueue<>(Comparator.comparing((Wrong wrong) -> -wrong.truthProbability()));
        try (NetworkInference inference = NetworkInference.of(network);
                EpochIterator batches = pipeline.epoch(0)) {
            while (batches.hasNext()) {
                DataSet batch = batches.next();
                int first = tally.examples();
                INDArray probabilities = inference.output(batch.getFeatures());
                float[][] predicted = probabilities.toFloatMatrix();
                int[] truths = batch.getLabels().argMax(1).toIntVector();
                tally.add(probabilities, batch.getLabels());
                for (int i = 0; i < predicted.length; i++) {
                    remember(worst, first + i, predicted[i], truths[i]);
                }
            }
        }
        return new Judgement(tally.result(labels), pictures(worst, pipeline));
    }

    private void remember(PriorityQueue<Wrong> worst, int position, float[] predicted, int truth) {
        int answer = IntStream.range(0, predicted.length)
                .reduce((a, b) -> predicted[b] > predicted[a] ? b : a)
                .orElseThrow();
        if (answer != truth) {
            worst.add(new Wrong(position, truth, answer, predicted[answer], predicted[truth]));
            if (worst.size() > mistakes) {
                worst.remove();
            }
        }
    }

    private List<Mistake> pictures(PriorityQueue<Wrong> worst, ImagePipeline pipeline) {
        List<Wrong> ordered = new ArrayList<>(worst);
        ordered.sort(Comparator.comparing(Wrong::truthProbability).thenComparing(Wrong::position));
        int[] read = read(pipeline);
        List<Mistake> pictures = new ArrayList<>();
        for (Wrong wrong : ordered) {
            int index = read[wrong.position()];
            pictures.add(new Mistake(
                    pipeline.source().id(index),
                    labels.get(wrong.truth()),
                    labels.get(wrong.predicted()),
                    wrong.probability(),
                    wrong.truthProbability(),
                    picture(pipeline.source(), index)));
        }
        return pictures;
    }

    /** The indices of the images that were read, in order: a skipped one has no place among the batches. */
    private static int[] read(ImagePipeline pipeline) {
        Set<Integer> skipped =
                pipeline.skipped().stream().map(SkippedImage::index).collect(Collectors.toSet());
        return IntStream.range(0, pipeline.source().size())
                .filter(index -> !skipped.contains(index))
                .toArray();
    }

    private static String picture(ImageSource source, int index) {
        try (Mat image = source.read(index)) {
            BufferedImage picture = shrunk(image(image));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            boolean small = Math.max(picture.getWidth(), picture.getHeight()) <= PIXEL_ART;
            String type = small ? "png" : "jpeg";
            ImageIO.write(picture, type, out);
            return "data:image/" + type + ";base64," + Base64.getEncoder().encodeToString(out.toByteArray());
        } catch (IOException e) {
            throw new IllegalStateException(
                    "An image that was read a moment ago cannot be read: " + source.id(index), e);
        }
    }

    private static BufferedImage image(Mat mat) {
        byte[] pixels = RgbImages.toPixels(mat);
        BufferedImage image = new BufferedImage(mat.cols(), mat.rows(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0, at = 0; y < mat.rows(); y++) {
            for (int x = 0; x < mat.cols(); x++, at += 3) {
                image.setRGB(x, y, (pixels[at] & 0xFF) << 16 | (pixels[at + 1] & 0xFF) << 8 | (pixels[at + 2] & 0xFF));
            }
        }
        return image;
    }

    private static BufferedImage shrunk(BufferedImage image) {
        double factor = LONGEST_SIDE / (double) Math.max(image.getWidth(), image.getHeight());
        if (factor >= 1) {
            return image;
        }
        int width = (int) Math.max(1, Math.round(image.getWidth() * factor));
        int height = (int) Math.max(1, Math.round(image.getHeight() * factor));
        BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        small.createGraphics()
                .drawImage(image.getScaledInstance(width, height, java.awt.Image.SCALE_AREA_AVERAGING), 0, 0, null);
        return small;
    }
}
