package org.efficientnet4j.train.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.efficientnet4j.train.progressive.ProgressivePhase;
import org.efficientnet4j.train.progressive.Strengths;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.protobuf.CodedInputStream;
import org.tensorflow.framework.Summary;

/** Read back with protobuf's own reader and TensorFlow's own {@code Summary}. */
class TensorBoardEventsTest {
    @TempDir
    Path folder;

    /** RFC 3720, appendix B.4: 32 bytes of zeros have the CRC-32C 8a9136aa; masked as record_writer.h says. */
    @Test
    void crcIsCastagnolisMasked() {
        int crc = 0x8a9136aa;
        int masked = ((crc >>> 15) | (crc << 17)) + 0xa282ead8;
        assertEquals(masked, EventRecords.maskedCrc(new byte[32], 0, 32));
    }

    @Test
    void tensorFlowsReaderFindsEveryScalar() throws IOException {
        Path file = folder.resolve("tensorboard").resolve("events");
        TensorBoardEvents events = new TensorBoardEvents(file);
        events.keepEpochs(0);
        events.append(metrics(1, 0.5));
        events.append(metrics(300, 0.25));

        List<Event> read = read(file);
        assertEquals("brain.Event:2", read.get(0).version());
        assertEquals(List.of(0L, 1L, 300L), read.stream().map(Event::step).toList());
        TreeMap<String, Float> scalars = new TreeMap<>();
        read.get(2).summary().getValueList().forEach(value -> scalars.put(value.getTag(), value.getSimpleValue()));
        assertEquals(0.25f, scalars.get("loss/training"));
        assertEquals(48f, scalars.get("stage/size"));
        assertEquals(0.1f, scalars.get("stage/dropout"));
        assertEquals(0.01f, scalars.get("learning rate"));
    }

    @Test
    void resumingDropsWhatIsRepeated() throws IOException {
        Path file = folder.resolve("events");
        TensorBoardEvents events = new TensorBoardEvents(file);
        events.keepEpochs(0);
        for (int epoch = 1; epoch <= 4; epoch++) {
            events.append(metrics(epoch, epoch));
        }
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 3));
        events.keepEpochs(2);
        events.append(metrics(3, 7));
        assertEquals(
                List.of(0L, 1L, 2L, 3L), read(file).stream().map(Event::step).toList());
    }

    private static EpochMetrics metrics(int epoch, double loss) {
        return new EpochMetrics(
                epoch,
                epoch * 10L,
                loss,
                0.5,
                Optional.empty(),
                0.01,
                100,
                1,
                0.25,
                Optional.of(new ProgressivePhase(48, 8, 1, new Strengths(0.1, 0, 0, 0, 0))));
    }

    private record Event(long step, String version, Summary summary) {}

    /** Frames by record_writer.h, each CRC checked, events by protobuf. */
    private static List<Event> read(Path file) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<Event> events = new ArrayList<>();
        while (buffer.hasRemaining()) {
            byte[] length = new byte[8];
            buffer.get(length);
            assertEquals(EventRecords.maskedCrc(length, 0, 8), buffer.getInt(), "the length's CRC");
            byte[] data = new byte
                    [(int) ByteBuffer.wrap(length)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getLong()];
            buffer.get(data);
            assertEquals(EventRecords.maskedCrc(data, 0, data.length), buffer.getInt(), "the data's CRC");
            events.add(event(data));
        }
        assertArrayEquals(new byte[0], new byte[buffer.remaining()]);
        return events;
    }

    private static Event event(byte[] data) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(data);
        long step = 0;
        String version = "";
        Summary summary = Summary.getDefaultInstance();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag >>> 3) {
                case 1 -> in.readDouble();
                case 2 -> step = in.readInt64();
                case 3 -> version = new String(in.readByteArray(), StandardCharsets.UTF_8);
                case 5 -> summary = Summary.parseFrom(in.readByteArray());
                default -> throw new IOException("An event of this writer has no field " + (tag >>> 3));
            }
        }
        return new Event(step, version, summary);
    }
}
