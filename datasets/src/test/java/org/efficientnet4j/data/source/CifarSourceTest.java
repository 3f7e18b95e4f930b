package org.efficientnet4j.data.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.bytedeco.opencv.opencv_core.Mat;
import org.efficientnet4j.data.DataSplits;
import org.efficientnet4j.data.SharedData;
import org.junit.jupiter.api.Test;

class CifarSourceTest {
    @Test
    void readsTheRealBatches() throws Exception {
        DataSplits splits = ImageSources.open("cifar10:" + SharedData.require("cifar10"), SplitOptions.DEFAULT);
        assertEquals(10_000, splits.train().size());
        assertEquals(2_000, splits.validation().size());
        assertEquals("airplane", splits.train().labels().get(0));
        assertEquals("data_batch_1.bin[17]", splits.train().id(17));
        try (Mat image = splits.train().read(17)) {
            assertEquals(32, image.rows());
            assertEquals(32, image.cols());
        }
    }
}
