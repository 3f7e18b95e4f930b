package org.efficientnet4j.train.metrics;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * TensorBoard's event files, as far as scalars go: framed records, each a protobuf message {@code Event}.
 *
 * <p>A record is length (8 bytes), masked CRC of the length (4), data, masked CRC of the data (4), little-endian. Source:
 * tensorflow {@code core/lib/io/record_writer.h}, {@code core/util/event.proto}, {@code core/framework/summary.proto}.
 */
final class EventRecords {
    private static final int HEADER = 12;
    private static final int FOOTER = 4;
    private static final int MASK_DELTA = 0xa282ead8;
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;

    private EventRecords() {}

    /** The record that begins every file. */
    static byte[] version(double wallSeconds) {
        Message event = new Message().fixed64(1, wallSeconds);
        return frame(
                event.bytes(3, "brain.Event:2".getBytes(StandardCharsets.UTF_8)).toBytes());
    }

    /** A record of scalars, tag to value, at a step. */
    static byte[] scalars(double wallSeconds, long step, Map<String, Double> values) {
        Message summary = new Message();
        values.forEach((tag, value) -> summary.bytes(
                1,
                new Message()
                        .bytes(1, tag.getBytes(StandardCharsets.UTF_8))
                        .fixed32(2, value.floatValue())
                        .toBytes()));
        return frame(new Message()
                .fixed64(1, wallSeconds)
                .varint(2, step)
                .bytes(5, summary.toBytes())
                .toBytes());
    }

    /** The records of a file one by one, with their frames; a last one cut short is left out. */
    static List<byte[]> split(byte[] file) {
        List<byte[]> records = new ArrayList<>();
        ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.remaining() >= HEADER + FOOTER) {
            long whole = buffer.getLong(buffer.position()) + HEADER + FOOTER;
            if (whole > buffer.remaining() || whole < HEADER + FOOTER) {
                break;
            }
            byte[] record = new byte[(int) whole];
            buffer.get(record);
            records.add(record);
        }
        return records;
    }

    /** The step of a record; 0 for one without, such as the first. */
    static long step(byte[] record) {
        // Wall time, 9 bytes, is written first; the step's key and number follow.
        int at = HEADER + 1 + Double.BYTES;
        if (at >= record.length - FOOTER || record[at] != ((2 << 3) | VARINT)) {
            return 0;
        }
        long step = 0;
        for (int shift = 0; ; shift += 7) {
            at++;
            step |= (record[at] & 0x7FL) << shift;
            if (record[at] >= 0) {
                return step;
            }
        }
    }

    static byte[] frame(byte[] data) {
        ByteBuffer record = ByteBuffer.allocate(HEADER + data.length + FOOTER).order(ByteOrder.LITTLE_ENDIAN);
        record.putLong(data.length);
        record.putInt(maskedCrc(record.array(), 0, Long.BYTES));
        record.put(data);
        record.putInt(maskedCrc(data, 0, data.length));
        return record.array();
    }

    /** CRC-32C, rotated by 15 bits and shifted, since a CRC of data with CRCs in it is weak. */
    static int maskedCrc(byte[] data, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(data, from, length);
        return Integer.rotateRight((int) crc.getValue(), 15) + MASK_DELTA;
    }

    /** A protobuf message in the making. */
    private static final class Message {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Message varint(int field, long value) {
            out.write((field << 3) | VARINT);
            writeVarint(value);
            return this;
        }

        Message fixed64(int field, double value) {
            out.write((field << 3) | FIXED64);
            out.writeBytes(ByteBuffer.allocate(Double.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putDouble(value)
                    .array());
            return this;
        }

        Message fixed32(int field, float value) {
            out.write((field << 3) | FIXED32);
            out.writeBytes(ByteBuffer.allocate(Float.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putFloat(value)
                    .array());
            return this;
        }

        Message bytes(int field, byte[] value) {
            out.write((field << 3) | BYTES);
            writeVarint(value.length);
            out.writeBytes(value);
            return this;
        }

        byte[] toBytes() {
            return out.toByteArray();
        }

        private void writeVarint(long value) {
            long rest = value;
            while ((rest & ~0x7FL) != 0) {
                out.write((int) ((rest & 0x7F) | 0x80));
                rest >>>= 7;
            }
            out.write((int) rest);
        }
    }
}
