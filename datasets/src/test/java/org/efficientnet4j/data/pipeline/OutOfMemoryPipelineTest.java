package org.efficientnet4j.data.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.bytedeco.opencv.opencv_core.Mat;
import org.efficientnet4j.data.ImageReadException;
import org.efficientnet4j.data.ImageSource;
import org.efficientnet4j.data.RgbImages;
import org.efficientnet4j.data.augment.AugmentationPolicy;
import org.efficientnet4j.data.augment.BatchOperation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** Memory that ends on the pipeline's threads: the reader hears of it at once, and a new epoch has every image. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD, unit = TimeUnit.SECONDS)
class OutOfMemoryPipelineTest {
    private static final int IMAGES = 40;

    private final AtomicBoolean hungry = new AtomicBoolean(true);

    private ImageSource source(boolean fails) {
        return new ImageSource() {
            @Override
            public List<String> labels() {
                return List.of("a", "b");
            }

            @Override
            public int size() {
                return IMAGES;
            }

            @Override
            public int label(int index) {
                return index % 2;
            }

            @Override
            public String id(int index) {
                return "image-" + index;
            }

            @Override
            public Mat read(int index) throws ImageReadException {
                if (fails && index >= 20 && hungry.get()) {
                    throw new OutOfMemoryError("Java heap space");
                }
                return RgbImages.fromPixels(new byte[4 * 4 * 3], 4, 4);
            }

            @Override
            public String description() {
                return IMAGES + " images";
            }
        };
    }

    /** One worker that runs out of memory, and several at once. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void ofADecoderReachesTheReader(int workers) {
        assertReaderHearsAndGoesOn(ImagePipeline.builder(source(true))
                .size(4)
                .batch(8)
                .prefetch(1)
                .workers(workers)
                .build());
    }

    /** An error in the thread that assembles batches, which no worker reports. */
    @Test
    void ofTheAssemblerReachesTheReader() {
        BatchOperation greedy = new BatchOperation() {
            private int batches;

            @Override
            public void apply(INDArray features, INDArray labels, RandomGenerator random) {
                if (++batches == 3 && hungry.get()) {
                    throw new OutOfMemoryError(
                            "Physical memory usage is too high: physicalBytes (9G) > maxPhysicalBytes (8G)");
                }
            }
        };
        assertReaderHearsAndGoesOn(ImagePipeline.builder(source(false))
                .size(4)
                .batch(8)
                .augmentation(AugmentationPolicy.none().andOnBatches(greedy))
                .build());
    }

    private void assertReaderHearsAndGoesOn(ImagePipeline pipeline) {
        List<DataSet> batches = new ArrayList<>();
        try (EpochIterator iterator = pipeline.epoch(0)) {
            assertThrows(OutOfMemoryError.class, () -> iterator.forEachRemaining(batches::add));
            assertEquals(2, batches.size());
            hungry.set(false);
            iterator.reset();
            int images = 0;
            while (iterator.hasNext()) {
                images += iterator.next().numExamples();
            }
            assertEquals(IMAGES, images);
            assertEquals(0, pipeline.skipped().size());
        }
    }
}
