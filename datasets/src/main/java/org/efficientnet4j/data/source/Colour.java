package org.efficientnet4j.data.source;

import java.util.random.RandomGenerator;

/**
 * A colour, or a difference of colours.
 *
 * @param red in 0..255 for a colour
 * @param green in 0..255 for a colour
 * @param blue in 0..255 for a colour
 */
record Colour(double red, double green, double blue) {
    static final Colour NO_CHANGE = new Colour(0, 0, 0);

    /** Each channel evenly between two values. */
    static Colour random(RandomGenerator random, double low, double high) {
        double range = high - low;
        return new Colour(
                low + range * random.nextDouble(),
                low + range * random.nextDouble(),
                low + range * random.nextDouble());
    }

    /** A chance colour at least {@code contrast} away from another. */
    static Colour contrasting(RandomGenerator random, double low, double high, Colour other, double contrast) {
        Colour colour;
        do {
            colour = random(random, low, high);
        } while (colour.distance(other) < contrast);
        return colour;
    }

    /** The Euclidean distance, at most 441 between two colours. */
    double distance(Colour other) {
        return Math.hypot(Math.hypot(red - other.red, green - other.green), blue - other.blue);
    }

    Colour plus(double times, Colour change) {
        return new Colour(red + times * change.red, green + times * change.green, blue + times * change.blue);
    }
}
