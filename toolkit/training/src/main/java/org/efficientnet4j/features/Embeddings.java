package org.efficientnet4j.features;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.files.AtomicFiles;
import org.efficientnet4j.data.ImageSource;
import org.efficientnet4j.data.SkippedImage;
import org.efficientnet4j.data.pipeline.EpochIterator;
import org.efficientnet4j.data.pipeline.ImagePipeline;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Writes one layer's features of every image of a pipeline to a file, batch by batch, so that memory does not grow with the
 * images; wholly or not at all.
 *
 * <ul>
 *   <li>{@code .csv}: the columns {@code image}, {@code label} (empty where it is not known), {@code f0}, {@code f1} and so
 *       on; of a feature map its mean over height and width
 *   <li>{@code .npy}: float32 {@code [N, C]}, or maps {@code [N, C, H, W]}; beside it a file {@code .names.csv} with the
 *       columns {@code image} and {@code label}, in the same order
 * </ul>
 */
public final class Embeddings {
    private final FeatureExtractor extractor;
    private final ImagePipeline images;

    /**
     * Features to be written.
     *
     * @param extractor of one layer
     * @param images the pipeline, in order and without augmentation
     */
    public Embeddings(FeatureExtractor extractor, ImagePipeline images) {
        this.extractor = extractor;
        this.images = images;
        if (extractor.layers().size() != 1) {
            throw new IllegalArgumentException("A file holds 1 layer's features, found " + extractor.layers());
        }
    }

    /** A destination of features. */
    @FunctionalInterface
    interface Rows {
        /**
         * Takes one image's.
         *
         * @param image its name
         * @param label empty where it is not known
         * @param features {@code [C]} or {@code [C, H, W]}, good until this returns
         */
        void add(String image, String label, INDArray features) throws IOException;
    }

    /** The file beside a {@code .npy} that names its rows. */
    public static Path namesFile(Path npy) {
        String name = npy.getFileName().toString();
        return npy.resolveSibling(name.substring(0, name.length() - ".npy".length()) + ".names.csv");
    }

    /** Refuses a file whose name does not tell the format. */
    public static void requireKnownFormat(Path file) {
        if (!endsWith(file, ".csv") && !endsWith(file, ".npy")) {
            throw new InvalidInputException("Features are written to .csv and .npy files, found " + file);
        }
    }

    /**
     * Writes the file.
     *
     * @param progress told the number of images so far, after each batch
     * @return the number of images written
     * @throws InvalidInputException for a name that ends in something else, if no image can be read, or if the file
     *     cannot be written
     */
    public int write(Path file, IntConsumer progress) {
        requireKnownFormat(file);
        int[] written = new int[1];
        if (endsWith(file, ".csv")) {
            AtomicFiles.write(file, out -> {
                CsvRows rows = new CsvRows(out);
                written[0] = forEach(rows, progress);
                rows.finish();
            });
        } else {
            AtomicFiles.writeChannel(
                    file,
                    channel -> AtomicFiles.write(namesFile(file), names -> {
                        NpyRows rows = new NpyRows(channel, names);
                        written[0] = forEach(rows, progress);
                        rows.finish();
                    }));
        }
        return written[0];
    }

    private static boolean endsWith(Path file, String suffix) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(suffix);
    }

    private int forEach(Rows rows, IntConsumer progress) throws IOException {
        int written = 0;
        int index = 0;
        String layer = extractor.layers().get(0);
        try (EpochIterator batches = images.epoch(0)) {
            while (batches.hasNext()) {
                INDArray features =
                        extractor.extract(batches.next().getFeatures()).get(layer);
                // Batches hold the readable images in order, and what was skipped before one is known when it comes.
                Set<Integer> skipped =
                        images.skipped().stream().map(SkippedImage::index).collect(Collectors.toSet());
                for (int row = 0; row < features.size(0); row++, index++) {
                    while (skipped.contains(index)) {
                        index++;
                    }
                    rows.add(images.source().id(index), label(index), features.slice(row));
                }
                written += (int) features.size(0);
                progress.accept(written);
            }
        }
        if (written == 0) {
            throw new InvalidInputException("Features need at least 1 readable image, found none in "
                    + images.source().description() + ": check the data");
        }
        return written;
    }

    private String label(int index) {
        ImageSource source = images.source();
        int label = source.label(index);
        return label == ImageSource.UNLABELLED ? "" : source.labels().get(label);
    }

    /** All values in c order, in the heap. */
    static float[] values(INDArray features) {
        return features.dup('c').data().asFloat();
    }

    /** A map's mean over height and width, a vector as it is; in the heap. */
    static float[] vector(INDArray features) {
        return values(features.rank() == 1 ? features : features.mean(1, 2));
    }
}
