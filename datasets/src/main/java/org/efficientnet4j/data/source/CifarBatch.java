package org.efficientnet4j.data.source;

import static org.efficientnet4j.data.source.CifarFormat.PIXEL_BYTES;

import org.efficientnet4j.core.InvalidInputException;

/** One CIFAR file in memory: whole records, each with a label in range. */
final class CifarBatch {
    private final CifarFormat format;
    private final String name;
    private final byte[] content;

    CifarBatch(CifarFormat format, String name, byte[] content) {
        this.format = format;
        this.name = name;
        this.content = content;
        int recordBytes = format.recordBytes();
        if (content.length == 0 || content.length % recordBytes != 0) {
            throw new InvalidInputException(("%s has %d bytes, which is not a whole number of %s records of %d bytes"
                            + " (%d records and %d bytes over): the file is cut short or not of this data set."
                            + " Fetch it again.")
                    .formatted(
                            name,
                            content.length,
                            format.title(),
                            recordBytes,
                            content.length / recordBytes,
                            content.length % recordBytes));
        }
        for (int record = 0; record < size(); record++) {
            if (label(record) >= format.classes()) {
                throw new InvalidInputException("%s must hold labels 0 to %d, but record %d has label %d. Is it %s?"
                        .formatted(name, format.classes() - 1, record, label(record), format.title()));
            }
        }
    }

    int size() {
        return content.length / format.recordBytes();
    }

    int label(int record) {
        return content[record * format.recordBytes() + format.labelBytes() - 1] & 0xFF;
    }

    String id(int record) {
        return name + "[" + record + "]";
    }

    /** Interleaved RGB, shape [32, 32, 3], from the record's three planes. */
    byte[] pixels(int record) {
        int plane = PIXEL_BYTES / 3;
        int start = record * format.recordBytes() + format.labelBytes();
        byte[] pixels = new byte[PIXEL_BYTES];
        for (int i = 0; i < plane; i++) {
            pixels[3 * i] = content[start + i];
            pixels[3 * i + 1] = content[start + plane + i];
            pixels[3 * i + 2] = content[start + 2 * plane + i];
        }
        return pixels;
    }
}
