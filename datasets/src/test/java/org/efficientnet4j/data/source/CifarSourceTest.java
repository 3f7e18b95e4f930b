package org.efficientnet4j.data.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.bytedeco.opencv.opencv_core.Mat;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.download.DownloadProgress;
import org.efficientnet4j.data.DataPart;
import org.efficientnet4j.data.DataSplits;
import org.efficientnet4j.data.RgbImages;
import org.efficientnet4j.data.SharedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarSourceTest {
    private static final int PLANE = 32 * 32;

    @TempDir
    Path root;

    /** Records whose red, green and blue planes are filled with label + 10, + 20, + 30. */
    private static byte[] batch(int labelBytes, int... labels) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int label : labels) {
            for (int i = 0; i < labelBytes; i++) {
                bytes.write(i == labelBytes - 1 ? label : 0);
            }
            for (int channel = 1; channel <= 3; channel++) {
                byte[] plane = new byte[PLANE];
                Arrays.fill(plane, (byte) (label + 10 * channel));
                bytes.writeBytes(plane);
            }
        }
        return bytes.toByteArray();
    }

    private void write(String name, byte[] content) throws IOException {
        Files.createDirectories(root.resolve(name).getParent());
        Files.write(root.resolve(name), content);
    }

    private static byte[] names(int classes) {
        return IntStream.range(0, classes)
                .mapToObj(i -> "class " + i)
                .collect(Collectors.joining("\n", "", "\n\n"))
                .getBytes(StandardCharsets.UTF_8);
    }

    private DataSplits open(String kind) {
        return ImageSources.open(kind + ":" + root, SplitOptions.DEFAULT);
    }

    private String refusal(String kind) {
        return assertThrows(InvalidInputException.class, () -> open(kind)).getMessage();
    }

    @Test
    void readsTheBatchesThatAreThere() throws Exception {
        write("data_batch_2.bin", batch(1, 3, 9));
        write("data_batch_5.bin", batch(1, 0));
        write("test_batch.bin", batch(1, 1, 2));
        write("batches.meta.txt", names(10));
        DataSplits splits = open("cifar10");
        assertEquals(3, splits.train().size());
        assertEquals("data_batch_5.bin[0]", splits.train().id(2));
        assertEquals(9, splits.train().label(1));
        assertEquals("class 9", splits.train().labels().get(9));
        assertEquals(2, splits.validation().size());
        assertTrue(splits.train().tightlyFramed());
        try (Mat image = splits.train().read(1)) {
            byte[] pixels = RgbImages.toPixels(image);
            assertEquals(3 * PLANE, pixels.length);
            assertArrayEquals(new byte[] {19, 29, 39, 19, 29, 39}, Arrays.copyOf(pixels, 6));
        }
    }

    @Test
    void withoutTestBatchAPartIsHeldOut() throws IOException {
        write("cifar-10-batches-bin/data_batch_1.bin", batch(1, 4, 4, 4, 4, 4));
        DataSplits splits = open("cifar10");
        assertEquals(4, splits.train().size());
        assertEquals(1, splits.validation().size());
        assertEquals("4", splits.train().labels().get(4));
    }

    @Test
    void cifar100UsesTheFineLabel() throws IOException {
        write("cifar-100-binary/train.bin", batch(2, 99, 5));
        write("cifar-100-binary/test.bin", batch(2, 7));
        write("cifar-100-binary/fine_label_names.txt", names(100));
        DataSplits splits = open("cifar100");
        assertEquals(99, splits.train().label(0));
        assertEquals(
                "class 7", splits.validation().labels().get(splits.validation().label(0)));
    }

    @Test
    void readsTheArchiveItself() throws IOException {
        Path archive = root.resolve("cifar-10-binary.tar.gz");
        writeArchive(archive, Map.of("data_batch_1.bin", batch(1, 1, 2, 3), "test_batch.bin", batch(1, 4)));
        DataSplits splits = ImageSources.open("cifar10:" + archive, SplitOptions.DEFAULT);
        assertEquals(3, splits.train().size());
        assertEquals(4, splits.validation().label(0));
        assertEquals(
                1,
                ImageSources.parts("cifar10:" + archive, SplitOptions.DEFAULT, DownloadProgress.SILENT)
                        .part(DataPart.TEST)
                        .size());
    }

    static void writeArchive(Path archive, Map<String, byte[]> files) throws IOException {
        try (OutputStream raw = Files.newOutputStream(archive);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(raw))) {
            for (Map.Entry<String, byte[]> file : new TreeMap<>(files).entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry("cifar-10-batches-bin/" + file.getKey());
                entry.setSize(file.getValue().length);
                tar.putArchiveEntry(entry);
                tar.write(file.getValue());
                tar.closeArchiveEntry();
            }
        }
    }

    @Test
    void aTruncatedArchiveIsRefused() throws IOException {
        Path archive = root.resolve("c.tar.gz");
        writeArchive(archive, Map.of("data_batch_1.bin", batch(1, 1, 2, 3)));
        byte[] whole = Files.readAllBytes(archive);
        Files.write(archive, Arrays.copyOf(whole, whole.length / 2));
        String message = assertThrows(
                        InvalidInputException.class,
                        () -> ImageSources.open("cifar10:" + archive, SplitOptions.DEFAULT))
                .getMessage();
        assertTrue(message.contains(archive.toString()) && message.contains("fetch it again"), message);
    }

    @Test
    void aTruncatedBatchIsNamedWithItsSizes() throws IOException {
        write("data_batch_1.bin", Arrays.copyOf(batch(1, 1, 2, 3), 3 * 3073 - 100));
        String message = refusal("cifar10");
        assertTrue(message.contains("data_batch_1.bin has 9119 bytes"), message);
        assertTrue(message.contains("records of 3073 bytes"), message);
        assertTrue(message.contains("2 records and 2973 bytes over"), message);
    }

    @Test
    void labelsOutOfRangeAndWrongNamesAreRefused() throws IOException {
        write("data_batch_1.bin", batch(1, 1, 10));
        assertTrue(refusal("cifar10").contains("record 1 has label 10"), refusal("cifar10"));
        write("data_batch_1.bin", batch(1, 1, 2));
        write("batches.meta.txt", names(9));
        assertTrue(refusal("cifar10").contains("names 9"), refusal("cifar10"));
    }

    @Test
    void missingOrForeignFoldersAreRefused() throws IOException {
        assertTrue(refusal("cifar10").contains("none of the CIFAR-10 files"), refusal("cifar10"));
        write("test_batch.bin", batch(1, 1));
        assertTrue(refusal("cifar10").contains("must have a train part"), refusal("cifar10"));
        assertTrue(assertThrows(
                        InvalidInputException.class,
                        () -> ImageSources.open("cifar10:" + root.resolve("gone"), SplitOptions.DEFAULT))
                .getMessage()
                .contains("does not exist"));
    }

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
