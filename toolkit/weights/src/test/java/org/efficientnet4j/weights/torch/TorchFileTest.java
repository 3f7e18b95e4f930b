package org.efficientnet4j.weights.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.files.FileKind;
import org.efficientnet4j.weights.TensorFile;
import org.efficientnet4j.weights.TensorInfo;
import org.efficientnet4j.weights.WeightFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads what torch.save wrote ({@code reference/save_checkpoints.py}). */
class TorchFileTest {
    @ParameterizedTest
    @ValueSource(strings = {"kinds.pth", "protocol4.pth", "legacy.pth"})
    void readsEveryKindOfTensor(String name) throws URISyntaxException, IOException {
        try (TorchFile file = open(resource(name))) {
            assertArrayEquals(new float[] {0, 1, 2, 3}, file.read("float"));
            assertArrayEquals(new float[] {1.5f, -2}, file.read("double"));
            assertArrayEquals(new float[] {1.5f, -2}, file.read("half"));
            assertArrayEquals(new float[] {1.5f, -2}, file.read("bfloat16"));
            assertEquals(
                    new TensorInfo("transposed", "F32", List.of(4L, 2L, 3L)),
                    file.find("transposed").orElseThrow());
            float[] transposed = new float[24];
            for (int i = 0; i < 24; i++) {
                transposed[i] = i / 6 + 4 * (i % 6);
            }
            assertArrayEquals(transposed, file.read("transposed"));
            assertArrayEquals(new float[] {10, 11, 12, 13}, file.read("part"));
            assertArrayEquals(new float[] {2.5f}, file.read("scalar"));
            assertEquals(0, file.read("empty").length);
            assertArrayEquals(new float[] {3}, file.read("parameter"));
            assertEquals(List.of(), file.find("long").orElseThrow().shape());
            assertThrows(InvalidInputException.class, () -> file.read("long"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"state.pth", "checkpoint.pth"})
    void findsTheStateDict(String name) throws URISyntaxException {
        try (TensorFile file = WeightFiles.open(resource(name))) {
            assertEquals(
                    List.of(
                            "0.weight",
                            "0.bias",
                            "1.weight",
                            "1.bias",
                            "1.running_mean",
                            "1.running_var",
                            "1.num_batches_tracked"),
                    file.tensors().stream().map(TensorInfo::name).toList());
            assertArrayEquals(new float[] {1, 1}, file.read("0.weight"));
        }
    }

    @Test
    void callsNothingThatAFileNames() throws URISyntaxException {
        try (TensorFile file = WeightFiles.open(resource("harmful.pth"))) {
            assertEquals(
                    List.of(
                            "Ignored harm (a posix.system), which are no weights",
                            "Ignored weight, which are no weights"),
                    file.remarks());
            assertFalse(Files.exists(Path.of("harmed")));
        }
    }

    static Stream<Arguments> strangePickles() {
        return Stream.of(
                arguments("cbuiltins\neval\n(X\1\0\0\0001tR.", "builtins.eval"),
                arguments("\u0080\2}i", "0x69"),
                arguments("\u0080\1}.", "protocol 1"),
                arguments("}", "middle of an instruction"),
                arguments("X\u00ff\u00ff\u00ff\u007fx.", "text of"),
                arguments(".", "where there is none"),
                arguments("]s.", "where there is none"),
                arguments("(.", "where there is none"),
                arguments("h\5.", "object 5"),
                arguments("u.", "mark"),
                arguments("K\1.", "no dictionary"),
                arguments("}.", "no state dict with tensors"));
    }

    @ParameterizedTest
    @MethodSource("strangePickles")
    void refusesAStrangePickle(String code, String expected, @TempDir Path folder) throws IOException {
        Path path = folder.resolve("strange.pth");
        write(path, code.getBytes(StandardCharsets.ISO_8859_1), ZipEntry.STORED);
        String message = assertThrows(
                        InvalidInputException.class, () -> open(path).close())
                .getMessage();
        assertTrue(message.contains(expected), message);
    }

    @Test
    void refusesACompressedEntry(@TempDir Path folder) throws IOException {
        Path path = folder.resolve("bomb.pth");
        write(path, new byte[100_000], ZipEntry.DEFLATED);
        String message = assertThrows(
                        InvalidInputException.class, () -> open(path).close())
                .getMessage();
        assertTrue(message.contains("compressed"), message);
    }

    private static TorchFile open(Path path) throws IOException {
        return TorchFile.open(path, FileKind.of(path) == FileKind.ZIP, Optional.empty());
    }

    private static void write(Path path, byte[] pickle, int method) throws IOException {
        ZipEntry entry = new ZipEntry("archive/data.pkl");
        entry.setMethod(method);
        if (method == ZipEntry.STORED) {
            CRC32 crc = new CRC32();
            crc.update(pickle);
            entry.setSize(pickle.length);
            entry.setCrc(crc.getValue());
        }
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(path))) {
            zip.putNextEntry(entry);
            zip.write(pickle);
            zip.closeEntry();
        }
    }

    private static Path resource(String name) throws URISyntaxException {
        return Path.of(Objects.requireNonNull(TorchFileTest.class.getResource("/torch/" + name))
                .toURI());
    }
}
