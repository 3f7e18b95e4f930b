package org.efficientnet4j.notebooks.lab;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.efficientnet4j.core.Preprocessing;
import org.efficientnet4j.data.ImageSource;
import org.efficientnet4j.data.pipeline.EpochIterator;
import org.efficientnet4j.data.pipeline.ImagePipeline;
import org.efficientnet4j.features.FeatureExtractor;
import org.efficientnet4j.model.ModelFile;
import org.efficientnet4j.notebooks.show.Palette;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Feature maps of a trained network as pictures, dark where a channel is low and bright where it is high. */
public final class FeatureMaps {
    private FeatureMaps() {}

    /**
     * The maps with the largest deviation of one image.
     *
     * @param modelFile the trained network
     * @param layers as {@link FeatureExtractor#layers} names them
     * @param count channels of each layer, at most
     */
    public static Map<String, List<BufferedImage>> of(
            Path modelFile, ImageSource source, int index, List<String> layers, int count) {
        ModelFile model = ModelFile.read(modelFile);
        FeatureExtractor extractor =
                new FeatureExtractor(model.graph(), model.metadata().model(), layers);
        Map<String, List<BufferedImage>> pictures = new LinkedHashMap<>();
        extractor
                .extract(image(model, source, index))
                .forEach((layer, maps) -> pictures.put(layer, pictures(maps.slice(0), count)));
        return pictures;
    }

    private static INDArray image(ModelFile model, ImageSource source, int index) {
        Preprocessing preprocessing = model.metadata().preprocessing();
        ImagePipeline pipeline = ImagePipeline.builder(source)
                .size(preprocessing.size())
                .batch(index + 1)
                .cropFraction(preprocessing.cropFraction())
                .normalization(preprocessing.normalization())
                .build();
        try (EpochIterator batches = pipeline.epoch(0)) {
            return batches.next()
                    .getFeatures()
                    .slice(index)
                    .dup()
                    .reshape('c', 1, 3, preprocessing.size(), preprocessing.size());
        }
    }

    private static List<BufferedImage> pictures(INDArray maps, int count) {
        List<Integer> channels = IntStream.range(0, (int) maps.size(0))
                .boxed()
                .sorted(Comparator.comparingDouble(
                        channel -> -maps.slice(channel).stdNumber().doubleValue()))
                .limit(count)
                .sorted()
                .toList();
        List<BufferedImage> pictures = new ArrayList<>();
        for (int channel : channels) {
            pictures.add(picture(maps.slice(channel)));
        }
        return pictures;
    }

    /** One channel, its least value dark and its largest bright. */
    static BufferedImage picture(INDArray map) {
        double least = map.minNumber().doubleValue();
        double most = map.maxNumber().doubleValue();
        int height = (int) map.size(0);
        int width = (int) map.size(1);
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                Color colour = Palette.scale(most > least ? (map.getDouble(y, x) - least) / (most - least) : 0);
                picture.setRGB(x, y, colour.getRGB());
            }
        }
        return picture;
    }
}
