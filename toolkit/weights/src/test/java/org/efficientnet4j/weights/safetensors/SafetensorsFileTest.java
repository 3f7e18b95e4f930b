package org.efficientnet4j.weights.safetensors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.weights.TensorInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsFileTest {
    @TempDir
    private Path folder;

    /** Bit patterns by hand: 1.5, -2, and each format's own corner. */
    @Test
    void readsEveryRealType() throws IOException {
        ByteBuffer data = ByteBuffer.allocate(46).order(ByteOrder.LITTLE_ENDIAN);
        data.putDouble(1.5).putDouble(-2);
        data.putFloat(1.5f).putFloat(-2).putFloat(Float.MIN_VALUE);
        data.putShort((short) 0x3e00)
                .putShort((short) 0xc000)
                .putShort((short) 1)
                .putShort((short) 0xfc00);
        data.putShort((short) 0x3fc0).putShort((short) 0xc000).putShort((short) 0x7f80);
        data.putInt(0);
        Path file = write("""
                {"__metadata__":{"format":"pt"},
                 "d":{"dtype":"F64","shape":[2],"data_offsets":[0,16]},
                 "f":{"dtype":"F32","shape":[3,1],"data_offsets":[16,28]},
                 "h":{"dtype":"F16","shape":[4],"data_offsets":[28,36]},
                 "b":{"dtype":"BF16","shape":[3],"data_offsets":[36,42]},
                 "i":{"dtype":"I32","shape":[],"data_offsets":[42,46]}}""", data.array());
        try (SafetensorsFile weights = SafetensorsFile.open(file)) {
            assertEquals(Map.of("format", "pt"), weights.metadata());
            assertEquals(
                    new TensorInfo("f", "F32", List.of(3L, 1L)),
                    weights.tensors().get(1));
            assertArrayEquals(new float[] {1.5f, -2}, weights.read("d"));
            assertArrayEquals(new float[] {1.5f, -2, Float.MIN_VALUE}, weights.read("f"));
            assertArrayEquals(new float[] {1.5f, -2, 0x1p-24f, Float.NEGATIVE_INFINITY}, weights.read("h"));
            assertArrayEquals(new float[] {1.5f, -2, Float.POSITIVE_INFINITY}, weights.read("b"));
            String refusal = assertThrows(InvalidInputException.class, () -> weights.read("i"))
                    .getMessage();
            assertTrue(refusal.contains("I32"), refusal);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}                                     | takes 8 bytes
                    {"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}                                     | behind a gap
                    {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}                                     | 8 follow the header
                    {"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}                                    | cut short
                    {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}} | inside the tensor before it
                    {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}} | Duplicate
                    {"a":{"dtype":"F33","shape":[2],"data_offsets":[0,8]}}                                     | unknown dtype F33
                    {"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}                                    | negative
                    {"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,8]}}                 | more bytes than
                    {"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}                                     | takes 8 bytes
                    {"a":{"dtype":"F32","shape":[2]}}                                                          | lacks
                    {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"x":1}}                               | unknown key 'x'
                    {"a":{"dtype":"F32","shape":[[2]],"data_offsets":[0,8]}}                                   | shape of tensor a
                    {"a":[[[[[[[[1]]]]]]]]}                                                                    | tensor a
                    {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}} {}                                  | goes on after
                    []                                                                                         | header
                    {"a"                                                                                       | JSON
                    """)
    void refusesAMalformedHeader(String header, String expected) throws IOException {
        Path file = write(header, new byte[8]);
        InvalidInputException refusal = assertThrows(
                InvalidInputException.class, () -> SafetensorsFile.open(file).close());
        assertTrue(refusal.getMessage().contains(expected), refusal.getMessage());
        assertTrue(refusal.getMessage().contains(file.toString()), refusal.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"-1", "9223372036854775807", "100000001", "3"})
    void refusesAHeaderLongerThanTheFileWithoutAllocatingIt(long claimed) throws IOException {
        Path file = folder.resolve("claims.safetensors");
        Files.write(
                file,
                ByteBuffer.allocate(10)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(claimed)
                        .put((byte) '{')
                        .put((byte) '}')
                        .array());
        InvalidInputException refusal = assertThrows(
                InvalidInputException.class, () -> SafetensorsFile.open(file).close());
        assertTrue(refusal.getMessage().contains("claims"), refusal.getMessage());
    }

    @Test
    void readsWhatTheWriterWrote() {
        Path file = folder.resolve("written.safetensors");
        SafetensorsWriter writer = new SafetensorsWriter();
        writer.add("first", List.of(2L, 1L), () -> new float[] {1, -0.5f});
        writer.add("umlaut ü", List.of(), () -> new float[] {3});
        writer.add("nothing", List.of(0L), () -> new float[0]);
        writer.write(file, Map.of("format", "pt"));
        try (SafetensorsFile weights = SafetensorsFile.open(file)) {
            assertEquals(
                    List.of("first", "umlaut ü", "nothing"),
                    weights.tensors().stream().map(TensorInfo::name).toList());
            assertArrayEquals(new float[] {1, -0.5f}, weights.read("first"));
            assertArrayEquals(new float[] {3}, weights.read("umlaut ü"));
            assertEquals(0, weights.read("nothing").length);
        }
    }

    private Path write(String header, byte[] data) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(json.length).put(json).put(data);
        Path file = folder.resolve("case.safetensors");
        return Files.write(file, bytes.array());
    }
}
