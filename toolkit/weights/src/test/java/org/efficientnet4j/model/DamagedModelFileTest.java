package org.efficientnet4j.model;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.efficientnet4j.core.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Refuses model files that say something else than was written, before anything is allocated, loaded or run. */
class DamagedModelFileTest {
    private static final String WEIGHTS = ModelSerializer.COEFFICIENTS_BIN;
    private static final String STATE = ModelSerializer.UPDATER_BIN;
    private static final String CONFIGURATION = ModelSerializer.CONFIGURATION_JSON;

    /** The offset of the shape's numbers, and the count of elements: see {@link StoredArray}. */
    private static final int SHAPE_AT = 32;

    private static final int LENGTH_AT = 98;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "4611686018427387904, must fill its entry",
        "-1, must fill its entry",
        "0, must fill its entry",
        "1000000000000, must fill its entry"
    })
    void refusesAnArrayOfAnotherLength(long length, String expected) throws IOException {
        for (String entry : new String[] {WEIGHTS, STATE, "average.bin"}) {
            Map<String, byte[]> entries = TinyModel.entries(TinyModel.writeCheckpoint(folder.resolve("last.zip")));
            ByteBuffer.wrap(entries.get(entry)).putLong(LENGTH_AT, length);
            Path file = TinyModel.write(folder.resolve("changed.zip"), entries);
            String message = assertThrows(IOException.class, () -> {
                        NetworkArchive.readGraph(file);
                        NetworkArchive.readArray(file, "average.bin");
                    })
                    .getMessage();
            assertTrue(message.contains(expected) && message.contains(entry), message);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1L << 62, -5, 0, 12})
    void refusesAnArrayOfAnotherShape(long size) throws IOException {
        Map<String, byte[]> entries = TinyModel.entries(TinyModel.write(folder.resolve("model.zip")));
        ByteBuffer.wrap(entries.get(WEIGHTS)).putLong(SHAPE_AT + 8, size);
        assertRefused(entries, "its entry " + WEIGHTS + " is not usable");
    }

    @Test
    void refusesWeightsOfAnotherNetwork() throws IOException {
        Map<String, byte[]> entries = TinyModel.entries(TinyModel.write(folder.resolve("model.zip")));
        byte[] array = entries.get(WEIGHTS);
        long count = ByteBuffer.wrap(array).getLong(LENGTH_AT);
        byte[] shorter = Arrays.copyOf(array, array.length - 4);
        ByteBuffer.wrap(shorter).putLong(LENGTH_AT, count - 1).putLong(SHAPE_AT + 8, count - 1);
        entries.put(WEIGHTS, shorter);
        assertRefused(entries, "the network needs %,d numbers, found %,d".formatted(count, count - 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 30, 100, 1000})
    void refusesAnArrayCutShort(int bytes) throws IOException {
        Map<String, byte[]> entries = TinyModel.entries(TinyModel.write(folder.resolve("model.zip")));
        entries.put(WEIGHTS, Arrays.copyOf(entries.get(WEIGHTS), bytes));
        assertRefused(entries, WEIGHTS);
    }

    @Test
    void refusesWholeNumbersAsWeights() throws IOException {
        Map<String, byte[]> entries = TinyModel.entries(TinyModel.write(folder.resolve("model.zip")));
        String changed = new String(entries.get(WEIGHTS), ISO_8859_1).replaceFirst("FLOAT", "INT32");
        entries.put(WEIGHTS, changed.getBytes(ISO_8859_1));
        assertRefused(entries, "must be FLOAT or DOUBLE, found 'INT32'");
    }

    @Test
    void readsNumbersAsDl4jDoes() throws IOException {
        Path file = TinyModel.writeCheckpoint(folder.resolve("last.zip"));
        ComputationGraph theirs = ModelSerializer.restoreComputationGraph(file.toFile(), true);
        ComputationGraph ours = NetworkArchive.readGraph(file);
        assertEquals(theirs.params(), ours.params());
        assertEquals(theirs.getUpdater().getStateViewArray(), ours.getUpdater().getStateViewArray());
        assertEquals(
                TinyModel.network().params(),
                NetworkArchive.readArray(file, "average.bin").orElseThrow());
    }

    @Test
    void noticesEveryFlippedBitOfWeights() throws IOException {
        byte[] good = Files.readAllBytes(TinyModel.write(folder.resolve("model.zip")));
        int start = indexOf(good, "FLOAT") + 5;
        for (int at = start; at < start + 4000; at += 97) {
            byte[] bytes = good.clone();
            bytes[at] ^= (byte) (1 << at % 8);
            Path file = Files.write(folder.resolve("flipped.zip"), bytes);
            String message = assertThrows(InvalidInputException.class, () -> ModelFile.read(file))
                    .getMessage();
            assertTrue(message.contains(WEIGHTS + " is damaged: its checksum (CRC-32) is"), message);
            assertThrows(IOException.class, () -> NetworkArchive.verify(file));
        }
    }

    @Test
    void loadsNoClassThatIsNotListed() throws IOException {
        String good = configuration();
        String loss = "org.nd4j.linalg.lossfunctions.impl.LossMCXENT";
        assertTrue(good.contains(loss));
        String alien = Alien.class.getName();
        String quoted = Matcher.quoteReplacement(alien);
        for (String changed : new String[] {
            good.replace("\"" + loss + "\"", "\"" + alien + "\""),
            good.replace("org.deeplearning4j.nn.conf.distribution.UniformDistribution", alien),
            good.replaceFirst("\\{\\s*\"type\" : \"org.deeplearning4j[^}]*", "{\"" + quoted + "\" : {}"),
            good.replaceFirst("\"@class\" : \"" + loss + "\",", "\"" + quoted + "\" : {},"),
            good.replace(loss, loss + "<" + alien + ">"),
            good.replaceFirst(
                    "\\{(\\s*\"@class\" : \")" + loss + "\"", "{\"@class\" : \"" + quoted + "\", $1" + loss + "\""),
            good.replaceFirst("\\{\\s*\"@class\" : \"" + loss + "\"", "[\"" + quoted + "\", {}], \"x\" : {\"y\" : 1"),
            good.replaceFirst("\\{\\s*\"@class\" : \"" + loss + "\"", "[\"" + quoted + "\"], \"x\" : {\"y\" : 1"),
            good.replaceFirst(
                    "\\{\\s*\"@class\" : \"" + loss + "\"", "[\"" + loss + "<" + quoted + ">\"], \"x\" : {\"y\" : 1"),
            good.replace("\"@class\" : \"" + loss, "\"\\u0040class\" : \"" + alien)
        }) {
            assertFalse(changed.equals(good));
            Map<String, byte[]> entries = TinyModel.entries(TinyModel.write(folder.resolve("model.zip")));
            entries.put(CONFIGURATION, changed.getBytes(UTF_8));
            Path file = TinyModel.write(folder.resolve("alien.zip"), entries);
            assertThrows(InvalidInputException.class, () -> ModelFile.read(file));
            assertEquals("never", System.getProperty(Alien.PROPERTY, "never"), () -> around(changed, alien));
        }
    }

    private static String around(String text, String part) {
        int at = text.indexOf(part);
        return text.substring(at - 50, at + 150);
    }

    /** Notes that it was loaded. */
    static final class Alien {
        static final String PROPERTY = "efficientnet4j.test.alien"; // a constant, which loads nothing

        static {
            System.setProperty(PROPERTY, "loaded");
        }

        private Alien() {}
    }

    @Test
    void refusesNestedTexts() throws IOException {
        Map<String, byte[]> entries = TinyModel.entries(TinyModel.write(folder.resolve("model.zip")));
        entries.put(CONFIGURATION, ("{\"a\":" + "[".repeat(100_000)).getBytes(UTF_8));
        assertRefused(entries, "nesting depth");
    }

    @ParameterizedTest
    @ValueSource(strings = {ModelFile.METADATA_ENTRY, CONFIGURATION})
    void refusesTextsThatUnfold(String name) throws IOException {
        Map<String, byte[]> entries = TinyModel.entries(TinyModel.write(folder.resolve("model.zip")));
        entries.put(name, " ".repeat(20_000_000).getBytes(UTF_8));
        assertRefused(entries, name + " must have at most 16,777,216 bytes, found 20,000,000");
    }

    @Test
    void refusesWeightsThatUnfold() throws IOException {
        Map<String, byte[]> entries = TinyModel.entries(TinyModel.write(folder.resolve("model.zip")));
        entries.put(WEIGHTS, new byte[270_000_000]);
        assertRefused(entries, "to 270,000,000 bytes, as trained weights never do");
    }

    @Test
    void refusesManyEntriesAndOneNameTwice() throws IOException {
        Map<String, byte[]> entries = TinyModel.entries(TinyModel.write(folder.resolve("model.zip")));
        Path file = folder.resolve("twice.zip");
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
            zip.putNextEntry(new ZipEntry(CONFIGURATION.replace('c', 'k')));
            zip.write(entries.get(CONFIGURATION));
        }
        String twice = Files.readString(file, ISO_8859_1).replace(CONFIGURATION.replace('c', 'k'), CONFIGURATION);
        Files.writeString(file, twice, ISO_8859_1);
        String message = assertThrows(InvalidInputException.class, () -> ModelFile.read(file))
                .getMessage();
        assertTrue(message.contains("found " + CONFIGURATION + " twice"), message);
        for (int i = 0; i < 200; i++) {
            entries.put("more" + i, new byte[0]);
        }
        assertRefused(entries, "at most 100 entries, found 203");
    }

    @Test
    void refusesLabelsOfAnotherNumber() throws IOException {
        Map<String, byte[]> entries = TinyModel.entries(TinyModel.write(folder.resolve("model.zip")));
        String metadata = new String(entries.get(ModelFile.METADATA_ENTRY), UTF_8);
        entries.put(
                ModelFile.METADATA_ENTRY, metadata.replaceFirst("\"dog\", ", "").getBytes(UTF_8));
        assertRefused(entries, "its network has 3 outputs, and its metadata have 2 labels");
    }

    @Test
    void namesTheWeightThatIsNoNumber() {
        for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            ComputationGraph network = TinyModel.network();
            network.getParam("head_gamma").putScalar(2, value);
            assertUnsound(network, "found " + value + " at element 2 of head_gamma");
        }
        ComputationGraph network = TinyModel.network();
        network.getParam("stem_var").putScalar(1, -0.25);
        assertUnsound(network, "Variances must be at least 0, found -0.25 at element 1 of stem_var");
    }

    private void assertUnsound(ComputationGraph network, String expected) {
        Path file = folder.resolve("unsound.zip");
        new ModelFile(network, TinyModel.metadata()).write(file);
        String message = assertThrows(InvalidInputException.class, () -> ModelFile.read(file))
                .getMessage();
        assertTrue(message.toLowerCase(Locale.ROOT).contains(expected.toLowerCase(Locale.ROOT)), message);
    }

    private String configuration() throws IOException {
        return NetworkArchive.readText(TinyModel.write(folder.resolve("model.zip")), CONFIGURATION)
                .orElseThrow();
    }

    private void assertRefused(Map<String, byte[]> entries, String expected) throws IOException {
        Path file = TinyModel.write(folder.resolve("changed.zip"), entries);
        String message = assertThrows(InvalidInputException.class, () -> ModelFile.read(file))
                .getMessage();
        assertTrue(message.contains(expected), message);
    }

    private static int indexOf(byte[] bytes, String text) {
        String all = new String(bytes, ISO_8859_1);
        return all.indexOf(text, all.indexOf(WEIGHTS));
    }
}
