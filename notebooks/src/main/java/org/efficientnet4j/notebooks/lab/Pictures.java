package org.efficientnet4j.notebooks.lab;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.opencv.opencv_core.Mat;
import org.efficientnet4j.core.Normalization;
import org.efficientnet4j.data.ImageReadException;
import org.efficientnet4j.data.ImageSource;
import org.efficientnet4j.data.RgbImages;
import org.efficientnet4j.data.augment.AugmentationPolicy;
import org.efficientnet4j.data.pipeline.EpochIterator;
import org.efficientnet4j.data.pipeline.ImagePipeline;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** Images of a source as pictures, as they are and as a training's pipeline prepares them. */
public final class Pictures {
    private static final int WHITE = 255;

    private Pictures() {}

    /** An image as it is. */
    public static BufferedImage original(ImageSource source, int index) {
        try (Mat image = source.read(index)) {
            return picture(RgbImages.toPixels(image), image.rows(), image.cols());
        } catch (ImageReadException e) {
            throw new IllegalStateException("Image " + source.id(index) + " must be readable: " + e.getMessage(), e);
        }
    }

    /**
     * The first images of an epoch as the network gets them: framed, augmented, normalised, and normalised back.
     *
     * @param size their side in pixels
     * @param count how many, one batch, which mixing needs
     * @param policy what happens to them
     * @param seed of what is drawn by chance
     */
    public static List<BufferedImage> prepared(
            ImageSource source, int size, int count, AugmentationPolicy policy, long seed) {
        Normalization normalization = Normalization.IMAGENET;
        ImagePipeline pipeline = ImagePipeline.builder(source)
                .size(size)
                .batch(count)
                .seed(seed)
                .augmentation(policy)
                .normalization(normalization)
                .build();
        try (EpochIterator epoch = pipeline.epoch(0)) {
            DataSet batch = epoch.next();
            List<BufferedImage> pictures = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                pictures.add(picture(batch.getFeatures().slice(i), normalization));
            }
            return pictures;
        }
    }

    private static BufferedImage picture(INDArray image, Normalization normalization) {
        int height = (int) image.size(1);
        int width = (int) image.size(2);
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int rgb = 0;
                for (int channel = 0; channel < 3; channel++) {
                    double value =
                            image.getDouble(channel, y, x) * normalization.std().get(channel)
                                    + normalization.mean().get(channel);
                    rgb = (rgb << 8) | (int) Math.round(Math.min(WHITE, Math.max(0, value)));
                }
                picture.setRGB(x, y, rgb);
            }
        }
        return picture;
    }

    static BufferedImage picture(byte[] pixels, int height, int width) {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < height * width; i++) {
            int rgb =
                    ((pixels[3 * i] & WHITE) << 16) | ((pixels[3 * i + 1] & WHITE) << 8) | (pixels[3 * i + 2] & WHITE);
            picture.setRGB(i % width, i / width, rgb);
        }
        return picture;
    }
}
