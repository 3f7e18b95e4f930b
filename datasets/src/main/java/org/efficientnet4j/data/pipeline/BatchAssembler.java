package org.efficientnet4j.data.pipeline;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.SplittableRandom;
import org.efficientnet4j.data.Seeds;
import org.efficientnet4j.data.augment.BatchOperation;
import org.efficientnet4j.data.pipeline.ImagePreparation.Ready;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Normalises prepared images straight into a batch's native buffer. */
final class BatchAssembler {
    /** First step of the path of the generators of batch operations, apart from those of images and of shuffling. */
    private static final long BATCH_STREAM = -2;

    private final PipelineOptions options;
    private final SpareBatches spare;
    private final int classes;
    private final int epoch;
    /** For each byte of a row its channel's mean less 128, and one over the deviation. */
    private final float[] mean;

    private final float[] scale;
    private final byte[] shifted;
    private final float[] row;

    BatchAssembler(PipelineOptions options, SpareBatches spare, int classes, int epoch) {
        this.options = options;
        this.spare = spare;
        this.classes = classes;
        this.epoch = epoch;
        int channels = options.channels();
        this.row = new float[options.target().size() * channels];
        this.shifted = new byte[row.length];
        this.mean = new float[row.length];
        this.scale = new float[row.length];
        for (int j = 0; j < row.length; j++) {
            mean[j] = ImageChannels.statistic(options.normalization().mean(), channels, j % channels) - 128;
            scale[j] = 1 / ImageChannels.statistic(options.normalization().std(), channels, j % channels);
        }
    }

    /** A batch with features of logical shape [N, C, size, size], a permuted view of a contiguous [N, size, size, C]. */
    DataSet assemble(List<Ready> images, int batchNumber) {
        int size = options.target().size();
        INDArray features = spare.take(images.size(), size, options.channels());
        INDArray labels = Nd4j.zeros(DataType.FLOAT, images.size(), classes);
        FloatBuffer buffer = features.data().asNioFloat();
        for (int i = 0; i < images.size(); i++) {
            Ready image = images.get(i);
            normalise(image.pixels(), buffer);
            if (image.label() >= 0) {
                labels.putScalar(i, image.label(), 1);
            }
        }
        // On a GPU backend the host's copy is now the newer one.
        Nd4j.getAffinityManager().tagLocation(features, AffinityManager.Location.HOST);
        SplittableRandom random = Seeds.generator(options.seed(), BATCH_STREAM, epoch, batchNumber);
        for (BatchOperation operation : options.augmentation().batchOperations()) {
            operation.apply(features, labels, random.split());
        }
        return new DataSet(features.permute(0, 3, 1, 2), labels);
    }

    /** Row by row, so that what was computed is still in the cache when it is copied. */
    private void normalise(byte[] pixels, FloatBuffer buffer) {
        for (int start = 0; start < pixels.length; start += row.length) {
            shift(pixels, start, shifted);
            scale(shifted, mean, scale, row);
            buffer.put(row);
        }
    }

    /** Takes 128 from each value, so that it is the byte's own: the JIT makes vectors of signed bytes alone. */
    private static void shift(byte[] pixels, int start, byte[] shifted) {
        for (int j = 0; j < shifted.length; j++) {
            shifted[j] = (byte) (pixels[start + j] ^ 0x80);
        }
    }

    private static void scale(byte[] shifted, float[] mean, float[] scale, float[] row) {
        for (int j = 0; j < row.length; j++) {
            row[j] = (shifted[j] - mean[j]) * scale[j];
        }
    }
}
