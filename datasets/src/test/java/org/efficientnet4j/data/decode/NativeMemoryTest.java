package org.efficientnet4j.data.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.bytedeco.javacpp.Pointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.efficientnet4j.data.ImageReadException;
import org.junit.jupiter.api.Test;

class NativeMemoryTest {
    private static final int READS = 5_000;

    private static void read(byte[] file, int times) throws ImageReadException {
        for (int i = 0; i < times; i++) {
            try (Mat image = ImageDecoder.decode(file, "test image")) {
                assertEquals(160, image.cols());
            }
        }
    }

    @Test
    void readingReleasesItsNativeMemoryAtOnce() throws ImageReadException {
        byte[] file = EncodedImages.withExifOrientation(EncodedImages.jpeg(EncodedImages.quadrants(160, 120)), 3);
        read(file, 1_000);
        long pointers = Pointer.totalCount();
        long resident = Pointer.physicalBytes();
        read(file, READS);
        // The count may fall, as what other tests left behind is collected.
        long kept = Pointer.totalCount() - pointers;
        assertTrue(kept < READS / 10, () -> kept + " pointers were kept by " + READS + " reads");
        long growth = (Pointer.physicalBytes() - resident) >> 20;
        // One matrix kept a read would be 275 MiB.
        assertTrue(growth < 130, () -> "resident memory grew by " + growth + " MiB");
    }
}
