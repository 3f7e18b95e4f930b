package org.efficientnet4j.data.augment.automatic;

/** A square 8-bit RGB image in an array of its own, shape [side, side, 3]; operations give a new one. */
final class Pixels {
    static final int CHANNELS = 3;

    private final byte[] bytes;
    private final int side;

    /** @param bytes not copied */
    Pixels(byte[] bytes, int side) {
        this.bytes = bytes;
        this.side = side;
    }

    byte[] bytes() {
        return bytes;
    }

    int side() {
        return side;
    }

    /** How many bytes there are. */
    int length() {
        return bytes.length;
    }

    /** A byte's value, 0 to 255. */
    int at(int index) {
        return bytes[index] & 0xFF;
    }

    /** The grey value of the pixel that starts at a byte: PIL's integer form of ITU-R 601. */
    int grey(int index) {
        return (19595 * at(index) + 38470 * at(index + 1) + 7471 * at(index + 2) + 0x8000) >> 16;
    }
}
