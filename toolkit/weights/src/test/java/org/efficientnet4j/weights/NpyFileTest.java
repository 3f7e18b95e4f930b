package org.efficientnet4j.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.efficientnet4j.core.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NpyFileTest {
    @TempDir
    private Path folder;

    @Test
    void writesWhatNumpyWouldAndReadsIt() throws IOException {
        Path file = folder.resolve("a.npy");
        new NpyFile(List.of(2L, 3L), new float[] {1, 2, 3, 4, 5, -6.5f}).write(file);
        byte[] bytes = Files.readAllBytes(file);
        assertEquals(128 + 24, bytes.length);
        assertTrue(new String(bytes, 10, 117, StandardCharsets.US_ASCII)
                .startsWith("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3,), }"));
        assertEquals('\n', bytes[127]);
        NpyFile read = NpyFile.read(file);
        assertEquals(List.of(2L, 3L), read.shape());
        assertArrayEquals(new float[] {1, 2, 3, 4, 5, -6.5f}, read.values());
    }

    @Test
    void readsBigEndianDoublesOfVersionTwo() throws IOException {
        byte[] header = "{'descr': '>f8', 'fortran_order': False, 'shape': (2,), }".getBytes(StandardCharsets.US_ASCII);
        ByteBuffer bytes = ByteBuffer.allocate(12 + header.length + 16);
        bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0, (byte) header.length, 0, 0, 0});
        bytes.put(header).putDouble(1.5).putDouble(-2);
        NpyFile read = NpyFile.read(Files.write(folder.resolve("b.npy"), bytes.array()));
        assertEquals(List.of(2L), read.shape());
        assertArrayEquals(new float[] {1.5f, -2}, read.values());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {'descr': '<i8', 'fortran_order': False, 'shape': (1,), } | <i8
                    {'descr': '<f4', 'fortran_order': True, 'shape': (2,), }  | c order
                    {'descr': '<f4', 'fortran_order': False, 'shape': (3,), } | 8 bytes
                    {'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), } | shape
                    {'descr': '<f4', 'fortran_order': False, 'shape': (4294967296, 4294967296, 2,), } | more elements
                    nonsense                                                  | nonsense
                    """)
    void refusesWhatItCannotRead(String header, String expected) throws IOException {
        byte[] text = header.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer bytes = ByteBuffer.allocate(10 + text.length + 8);
        bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) text.length, 0});
        bytes.put(text);
        Path file = Files.write(folder.resolve("c.npy"), bytes.array());
        String message = assertThrows(InvalidInputException.class, () -> NpyFile.read(file))
                .getMessage();
        assertTrue(message.contains(expected), message);
    }

    @Test
    void refusesAFileCutShortOrOfAnotherKind() throws IOException {
        Path text = Files.writeString(folder.resolve("d.npy"), "not an array at all");
        assertThrows(InvalidInputException.class, () -> NpyFile.read(text));
        Path shorter = Files.write(folder.resolve("e.npy"), new byte[] {(byte) 0x93, 'N'});
        assertThrows(InvalidInputException.class, () -> NpyFile.read(shorter));
        assertThrows(InvalidInputException.class, () -> NpyFile.read(folder.resolve("missing.npy")));
    }
}
