package org.efficientnet4j.weights.keras;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.weights.TensorInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads what h5py wrote: {@code reference/export_keras.py} makes the files and has the numbers. */
class KerasFileTest {
    @TempDir
    private Path temporary;

    @Test
    void readsFloatsOfEveryWidthAndOrder() throws URISyntaxException {
        try (KerasFile file = KerasFile.open(resource("kinds.h5"))) {
            assertArrayEquals(new float[] {1.5f, -2f, 65504f}, file.read("halves/kernel"));
            assertArrayEquals(new float[] {0.1f, -3.25f}, file.read("floats/kernel"));
            assertArrayEquals(new float[] {(float) (1 / 3.0)}, file.read("doubles/kernel"));
            assertArrayEquals(new float[] {1f, 2.5f}, file.read("swapped/bias"));
            assertArrayEquals(new float[0], file.read("empty/kernel"));
            assertEquals(
                    new TensorInfo("halves/kernel", "F16", List.of(1L, 3L)),
                    file.find("halves/kernel").orElseThrow());
            assertEquals(
                    new TensorInfo("doubles/kernel", "F64", List.of()),
                    file.find("doubles/kernel").orElseThrow());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "whole/count, it holds I64",
        "chunks/kernel, h5repack -l CONTI",
        "nobody/kernel, has no tensor nobody/kernel",
    })
    void refusesATensorThatIsNoWeight(String name, String expected) throws URISyntaxException {
        try (KerasFile file = KerasFile.open(resource("kinds.h5"))) {
            InvalidInputException error = assertThrows(InvalidInputException.class, () -> file.read(name));
            assertTrue(error.getMessage().contains(expected), error.getMessage());
            assertTrue(error.getMessage().contains("kinds.h5"), error.getMessage());
        }
    }

    @Test
    void leavesTheOptimizerOfAWholeModelOut() throws URISyntaxException {
        Set<String> names = names("tiny-v1/whole.h5");
        assertTrue(names.contains("block2a_expand_bn/moving_variance"), names.toString());
        assertTrue(names.contains("block1a_dwconv/kernel"), names.toString());
        assertTrue(names.contains("normalization/count"), names.toString());
        assertFalse(names.stream().anyMatch(name -> name.startsWith("Adam")), names.toString());
    }

    @Test
    void namesLayersByClassAndCountWhereTheFileHasNoNames() throws URISyntaxException {
        Set<String> names = names("tiny-v1/counted.weights.h5");
        assertTrue(names.contains("conv2d/kernel"), names.toString());
        assertTrue(names.contains("conv2d_1/bias"), names.toString());
        assertTrue(names.contains("depthwise_conv2d_2/kernel"), names.toString());
        assertTrue(names.contains("batch_normalization_8/moving_mean"), names.toString());
        assertTrue(names.contains("layers/dropout/seed_generator/vars/0"), names.toString());
        assertTrue(names.contains("optimizer/vars/1"), names.toString());
    }

    @Test
    void namesLayersAsTheFileDoes() throws URISyntaxException {
        Set<String> names = names("tiny-v2/named.weights.h5");
        assertTrue(names.contains("block3a_dwconv2/kernel"), names.toString());
        assertTrue(names.contains("predictions/bias"), names.toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {ZipEntry.STORED, ZipEntry.DEFLATED})
    void readsTheWeightsOfAnArchiveUnlessTheyAreCompressed(int method) throws IOException, URISyntaxException {
        byte[] weights = Files.readAllBytes(resource("tiny-v2/named.weights.h5"));
        Path archive = temporary.resolve("model.keras");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            ZipEntry entry = new ZipEntry("model.weights.h5");
            entry.setMethod(method);
            entry.setSize(weights.length);
            CRC32 checksum = new CRC32();
            checksum.update(weights);
            entry.setCrc(checksum.getValue());
            zip.putNextEntry(entry);
            zip.write(weights);
        }
        if (method == ZipEntry.STORED) {
            try (KerasFile file = KerasFile.open(archive)) {
                assertEquals(8, file.read("stem_bn/gamma").length);
            }
        } else {
            InvalidInputException error = assertThrows(InvalidInputException.class, () -> KerasFile.open(archive));
            assertTrue(error.getMessage().contains("model.weights.h5 is compressed"), error.getMessage());
        }
    }

    @Test
    void refusesFilesThatKerasDidNotWrite() throws IOException {
        Path file = Files.write(temporary.resolve("other.h5"), new byte[4096]);
        InvalidInputException error = assertThrows(InvalidInputException.class, () -> KerasFile.open(file));
        assertTrue(error.getMessage().contains(file + ": No valid HDF5 signature"), error.getMessage());
    }

    @Test
    void refusesAFileThatIsCutShort() throws IOException, URISyntaxException {
        byte[] whole = Files.readAllBytes(resource("kinds.h5"));
        Path file = Files.write(temporary.resolve("short.h5"), Arrays.copyOf(whole, 2000));
        InvalidInputException error = assertThrows(InvalidInputException.class, () -> KerasFile.open(file));
        assertTrue(error.getMessage().contains("Not a usable Keras weight file: " + file), error.getMessage());
    }

    @Test
    void refusesAShapeLargerThanTheFileBeforeItAllocates() throws IOException, URISyntaxException {
        byte[] bytes = Files.readAllBytes(resource("kinds.h5"));
        ByteBuffer patched = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        // The shape [1, 3] of the half-precision kernel.
        int at = 0;
        while (patched.getLong(at) != 1 || patched.getLong(at + 8) != 3) {
            at++;
        }
        patched.putLong(at + 8, 1L << 40);
        Path file = Files.write(temporary.resolve("large.h5"), bytes);
        InvalidInputException error = assertThrows(InvalidInputException.class, () -> KerasFile.open(file));
        assertTrue(
                error.getMessage().contains("of shape [1, 1099511627776] is larger than the file"), error.getMessage());
    }

    private static Set<String> names(String resource) throws URISyntaxException {
        try (KerasFile file = KerasFile.open(resource(resource))) {
            return file.tensors().stream().map(TensorInfo::name).collect(Collectors.toSet());
        }
    }

    private static Path resource(String name) throws URISyntaxException {
        return Path.of(Objects.requireNonNull(KerasFileTest.class.getResource("/keras/" + name), name)
                .toURI());
    }
}
