package org.efficientnet4j.fuzzing;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Damages bytes by chance. */
public final class Damage {
    private final SplittableRandom random;

    /** Draws from a seed. */
    public Damage(long seed) {
        random = new SplittableRandom(seed);
    }

    /** One to eight changes: bytes and bits flipped, numbers overwritten, pieces cut, copied or moved. */
    public byte[] damaged(byte[] good) {
        byte[] bytes = good.clone();
        int changes = 1 + random.nextInt(8);
        for (int i = 0; i < changes && bytes.length > 16; i++) {
            bytes = changed(bytes);
        }
        return bytes;
    }

    /** One or two changes to a short text: a digit put in or replaced, or any of the above. */
    public byte[] damagedText(byte[] good) {
        byte[] bytes = good.clone();
        int changes = 1 + random.nextInt(2);
        for (int i = 0; i < changes && bytes.length > 16; i++) {
            bytes = random.nextBoolean() ? withDigit(bytes) : changed(bytes);
        }
        return bytes;
    }

    private byte[] withDigit(byte[] bytes) {
        int start = random.nextInt(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            int at = (start + i) % bytes.length;
            if (bytes[at] >= '0' && bytes[at] <= '9') {
                byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
                System.arraycopy(bytes, at, longer, at + random.nextInt(2), bytes.length - at);
                longer[at] = (byte) ('0' + random.nextInt(10));
                return longer;
            }
        }
        return bytes;
    }

    private byte[] changed(byte[] bytes) {
        // Headers and indices are where damage matters most: every other change goes to the first kilobytes or the end.
        int at = place(bytes.length);
        switch (random.nextInt(7)) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes[at] = (byte) random.nextInt(256);
            case 2 -> bytes[at] = new byte[] {0, -1, 127, -128, '"', '{', ']', '9'}[random.nextInt(8)];
            case 3 -> {
                int width = Math.min(8, bytes.length - at);
                long number = new long[] {0, -1, 1L << 31, 1L << 40, Long.MAX_VALUE, 7}[random.nextInt(6)];
                for (int i = 0; i < width; i++) {
                    bytes[at + i] = (byte) (number >> (8 * i));
                }
            }
            case 4 -> {
                return Arrays.copyOf(bytes, at);
            }
            case 5 -> {
                int length = Math.min(1 + random.nextInt(64), bytes.length - at);
                System.arraycopy(bytes, random.nextInt(bytes.length - length + 1), bytes, at, length);
            }
            default -> {
                byte[] longer = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(32));
                System.arraycopy(bytes, at, longer, at + longer.length - bytes.length, bytes.length - at);
                return longer;
            }
        }
        return bytes;
    }

    private int place(int length) {
        int window = Math.min(length, 3000);
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt(length);
            case 1 -> length - 1 - random.nextInt(window);
            default -> random.nextInt(window);
        };
    }
}
