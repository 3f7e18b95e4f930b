package org.efficientnet4j.data.source;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A colour that varies over the picture: evenly, along a gradient, in stripes or in a checkered wave.
 *
 * @param colour the mean colour
 * @param change how much each channel changes at the pattern's extremes
 * @param kind the pattern
 * @param waveX waves along x over the picture's side
 * @param waveY waves along y
 * @param phase in radians
 */
record Texture(Colour colour, Colour change, Kind kind, double waveX, double waveY, double phase) {
    enum Kind {
        PLAIN,
        GRADIENT,
        STRIPES,
        CHECKS
    }

    private static final List<Kind> KINDS = List.of(Kind.values());

    static Texture plain(Colour colour) {
        return new Texture(colour, Colour.NO_CHANGE, Kind.PLAIN, 0, 0, 0);
    }

    static Texture random(RandomGenerator random, Colour colour) {
        Kind kind = KINDS.get(random.nextInt(KINDS.size()));
        double strength = kind == Kind.GRADIENT ? 45 : 28;
        Colour change = Colour.random(random, -strength, strength);
        double waves = 3 + 6 * random.nextDouble();
        double angle = 2 * Math.PI * random.nextDouble();
        double phase = 2 * Math.PI * random.nextDouble();
        return new Texture(colour, change, kind, waves * StrictMath.cos(angle), waves * StrictMath.sin(angle), phase);
    }

    /** The colour at a place, in shares of the side. */
    Colour at(double x, double y) {
        return colour.plus(level(x, y), change);
    }

    /** Between -1 and 1. */
    private double level(double x, double y) {
        return switch (kind) {
            case PLAIN -> 0;
            case GRADIENT -> {
                double length = Math.hypot(waveX, waveY);
                yield ((x - 0.5) * waveX + (y - 0.5) * waveY) / length * Math.sqrt(2);
            }
            case STRIPES -> Math.sin(2 * Math.PI * (waveX * x + waveY * y) + phase);
            case CHECKS ->
                Math.sin(2 * Math.PI * (waveX * x + waveY * y) + phase)
                        * Math.sin(2 * Math.PI * (waveX * y - waveY * x) + phase);
        };
    }
}
