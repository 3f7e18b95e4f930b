package org.efficientnet4j.data.pipeline;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.SplittableRandom;
import org.efficientnet4j.data.Normalization;
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
    private final float[][] table;
    private final float[] row;

    BatchAssembler(PipelineOptions options, SpareBatches spare, int classes, int epoch) {
        this.options = options;
        this.spare = spare;
        this.classes = classes;
        this.epoch = epoch;
        this.table = table(options.normalization());
        this.row = new float[options.target().size() * 3];
    }

    /** A batch with features of logical shape [N, 3, size, size], a permuted view of a contiguous [N, size, size, 3]. */
    DataSet assemble(List<Ready> images, int batchNumber) {
        int size = options.target().size();
        INDArray features = spare.take(images.size(), size);
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

    /** The value of every possible byte in every channel: shape [3, 256]. */
    private static float[][] table(Normalization normalization) {
        float[][] table = new float[3][256];
        for (int channel = 0; channel < 3; channel++) {
            for (int value = 0; value < 256; value++) {
                table[channel][value] = (value - normalization.mean().get(channel))
                        / normalization.std().get(channel);
            }
        }
        return table;
    }

    /** Row by row, so that what was computed is still in the cache when it is copied. */
    private void normalise(byte[] pixels, FloatBuffer buffer) {
        float[] red = table[0];
        float[] green = table[1];
        float[] blue = table[2];
        for (int start = 0; start < pixels.length; start += row.length) {
            for (int at = 0; at < row.length; at += 3) {
                row[at] = red[pixels[start + at] & 0xFF];
                row[at + 1] = green[pixels[start + at + 1] & 0xFF];
                row[at + 2] = blue[pixels[start + at + 2] & 0xFF];
            }
            buffer.put(row);
        }
    }
}
