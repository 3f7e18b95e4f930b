package org.efficientnet4j.cli.explain;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import org.efficientnet4j.cli.explain.Explanation.Kind;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.Normalization;
import org.efficientnet4j.core.Preprocessing;
import org.efficientnet4j.data.pipeline.EpochIterator;
import org.efficientnet4j.data.pipeline.ImagePipeline;
import org.efficientnet4j.data.source.ImageSources;
import org.efficientnet4j.explain.ExplainedLayers;
import org.efficientnet4j.explain.GradCam;
import org.efficientnet4j.explain.Occlusion;
import org.efficientnet4j.graph.NetworkInference;
import org.efficientnet4j.model.ModelFile;
import org.efficientnet4j.model.ModelMetadata;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A model file whose predictions are to be explained.
 *
 * @param number of the model, from 0
 * @param classes to explain, by index; empty for each image's most probable one
 * @param layer one of {@link ExplainedLayers}
 */
record ExplainedModel(int number, Path file, ModelMetadata metadata, List<Integer> classes, String layer) {
    private static final int SQUARES = 14;
    private static final int BATCH = 16;
    private static final int FEATURE_MAPS_PIXELS = 448;

    /**
     * Reads what the file says of itself, without its weights.
     *
     * @throws InvalidInputException for a damaged file, or one that has not these classes or this layer
     */
    static ExplainedModel of(int number, Path file, List<String> labels, String layer) {
        ModelMetadata metadata = ModelFile.readMetadata(file);
        ExplainedLayers.vertex(metadata.model(), layer);
        List<Integer> classes =
                labels.stream().map(label -> index(label, metadata.labels())).toList();
        return new ExplainedModel(number, file, metadata, classes, layer);
    }

    private static int index(String label, List<String> labels) {
        int index = labels.indexOf(label);
        if (index < 0) {
            throw new InvalidInputException(
                    "--label must be one of the model's classes " + labels.subList(0, Math.min(labels.size(), 10))
                            + (labels.size() > 10 ? " ..." : "") + ", found " + label);
        }
        return index;
    }

    /** Draws the pictures of all images, one image after the other. */
    void explain(List<Path> images, boolean occlusion, boolean featureMaps, ExplainedFolder folder) {
        ModelFile model = ModelFile.read(file);
        GradCam cam = new GradCam(model.graph(), metadata.model(), layer);
        Preprocessing seen = metadata.preprocessing();
        Preprocessing shown = new Preprocessing(seen.size(), seen.cropFraction(), Normalization.UNIT_RANGE);
        try (NetworkInference inference = NetworkInference.of(model.graph());
                EpochIterator batches = pipeline(images, seen, metadata.channels());
                EpochIterator pictures = pipeline(images, shown, 3)) {
            for (int image = 0; image < images.size(); image++) {
                INDArray one = batches.next().getFeatures().dup('c');
                BufferedImage picture =
                        HeatPicture.of(pictures.next().getFeatures().slice(0));
                folder.original(image, picture);
                GradCam.Outputs outputs = cam.forward(one);
                List<Integer> wanted = classes.isEmpty()
                        ? List.of(outputs.probabilities().argMax(1).getInt(0))
                        : classes;
                for (int label : wanted) {
                    double probability = outputs.probabilities().getDouble(0, label);
                    BufferedImage heat = HeatPicture.over(
                            picture, cam.maps(outputs, new int[] {label}).get(0));
                    folder.add(image, this, Kind.GRAD_CAM, label, probability, heat);
                    if (occlusion) {
                        BufferedImage lost =
                                HeatPicture.over(picture, new Occlusion(SQUARES, BATCH).of(inference, one, label));
                        folder.add(image, this, Kind.OCCLUSION, label, probability, lost);
                    }
                }
                if (featureMaps) {
                    BufferedImage maps =
                            HeatPicture.featureMaps(outputs.activations().slice(0), FEATURE_MAPS_PIXELS);
                    folder.add(image, this, Kind.FEATURE_MAPS, maps);
                }
            }
        }
    }

    /** The images in batches of one, {@code [1, C, H, W]}. */
    private static EpochIterator pipeline(List<Path> images, Preprocessing preprocessing, int channels) {
        return ImagePipeline.builder(ImageSources.ofFiles(images, List.of("image", "other")))
                .size(preprocessing.size())
                .cropFraction(preprocessing.cropFraction())
                .normalization(preprocessing.normalization())
                .channels(channels)
                .batch(1)
                .strict(true)
                .build()
                .epoch(0);
    }
}
