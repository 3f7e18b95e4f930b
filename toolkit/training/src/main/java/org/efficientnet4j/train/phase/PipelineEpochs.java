package org.efficientnet4j.train.phase;

import java.util.Objects;
import org.efficientnet4j.data.pipeline.ImagePipeline;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * The epochs of an image pipeline.
 *
 * @param pipeline the images
 * @param examples how many of them an epoch has
 */
public record PipelineEpochs(ImagePipeline pipeline, int examples) implements EpochSource {
    public PipelineEpochs {
        Objects.requireNonNull(pipeline, "pipeline");
    }

    @Override
    public int batches() {
        return pipeline.batchesPerEpoch();
    }

    @Override
    public DataSetIterator epoch(int epoch) {
        return pipeline.epoch(epoch);
    }
}
