package org.efficientnet4j.data.augment.automatic;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Changes of place: nearest pixel, grey (128) where the image ends, as in the reference. */
final class ShapeChanges {
    private static final byte GREY = (byte) 128;

    private ShapeChanges() {}

    /** Around the centre, by degrees. */
    static Pixels rotate(Pixels image, double degrees) {
        double sine = Math.sin(Math.toRadians(degrees));
        double cosine = Math.cos(Math.toRadians(degrees));
        double centre = (image.side() - 1) / 2.0;
        return moved(
                image,
                cosine,
                -sine,
                centre - cosine * centre + sine * centre,
                sine,
                cosine,
                centre - sine * centre - cosine * centre);
    }

    static Pixels shearX(Pixels image, double share) {
        return shifted(image, share, 0, 0);
    }

    static Pixels shearY(Pixels image, double share) {
        return moved(image, 1, 0, 0, share, 1, 0);
    }

    static Pixels translateX(Pixels image, double pixels) {
        return shifted(image, 0, pixels, 0);
    }

    static Pixels translateY(Pixels image, double pixels) {
        return shifted(image, 0, 0, pixels);
    }

    /** Greys a square around a chance pixel, cut off at the border. */
    static Pixels cutout(Pixels image, int half, RandomGenerator random) {
        int side = image.side();
        int x = random.nextInt(side);
        int y = random.nextInt(side);
        byte[] result = image.bytes().clone();
        int left = Math.max(0, x - half);
        int right = Math.min(side, x + half);
        for (int row = Math.max(0, y - half); row < Math.min(side, y + half); row++) {
            int start = (row * side + left) * Pixels.CHANNELS;
            Arrays.fill(result, start, start + Math.max(0, right - left) * Pixels.CHANNELS, GREY);
        }
        return new Pixels(result, side);
    }

    /** Each pixel (x, y) takes the one at (x + by + c, y + f): whole rows, moved along. */
    private static Pixels shifted(Pixels image, double b, double c, double f) {
        int side = image.side();
        byte[] result = new byte[image.length()];
        Arrays.fill(result, GREY);
        for (int y = 0; y < side; y++) {
            int fromY = nearest(y + f);
            int shift = nearest(b * y + c);
            int start = Math.max(0, -shift);
            int end = Math.min(side, side - shift);
            if (fromY >= 0 && fromY < side && start < end) {
                System.arraycopy(
                        image.bytes(),
                        (fromY * side + start + shift) * Pixels.CHANNELS,
                        result,
                        (y * side + start) * Pixels.CHANNELS,
                        (end - start) * Pixels.CHANNELS);
            }
        }
        return new Pixels(result, side);
    }

    /** Each pixel (x, y) takes the one at (ax + by + c, dx + ey + f). */
    private static Pixels moved(Pixels image, double a, double b, double c, double d, double e, double f) {
        int side = image.side();
        byte[] bytes = image.bytes();
        byte[] result = new byte[bytes.length];
        Arrays.fill(result, GREY);
        int to = 0;
        for (int y = 0; y < side; y++) {
            // Half a pixel more: rounded down below, which a conversion does from 0 on, to the nearest.
            double startX = b * y + c + 0.5;
            double startY = e * y + f + 0.5;
            for (int x = 0; x < side; x++) {
                double fromX = a * x + startX;
                double fromY = d * x + startY;
                if (fromX >= 0 && fromX < side && fromY >= 0 && fromY < side) {
                    int from = (((int) fromY) * side + (int) fromX) * Pixels.CHANNELS;
                    result[to] = bytes[from];
                    result[to + 1] = bytes[from + 1];
                    result[to + 2] = bytes[from + 2];
                }
                to += Pixels.CHANNELS;
            }
        }
        return new Pixels(result, side);
    }

    private static int nearest(double place) {
        return (int) Math.floor(place + 0.5);
    }
}
