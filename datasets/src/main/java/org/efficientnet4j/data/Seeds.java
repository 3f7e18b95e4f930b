package org.efficientnet4j.data;

import java.util.SplittableRandom;

/** Random generators that depend only on where they are used: a seed and a path such as (epoch, index). */
public final class Seeds {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private Seeds() {}

    /**
     * A generator for one place. Neighbouring places have unrelated streams.
     *
     * @param seed the run's seed
     * @param path the place, such as epoch and index; its length matters too
     * @return a fresh generator, always the same for the same arguments
     */
    public static SplittableRandom generator(long seed, long... path) {
        long state = mixed(seed + GOLDEN_GAMMA * (path.length + 1));
        for (long step : path) {
            // Mixing after every step keeps (1, 2) apart from (2, 1).
            state = mixed(state + GOLDEN_GAMMA + mixed(step));
        }
        return new SplittableRandom(state);
    }

    /**
     * MurmurHash3's 64-bit finaliser with the constants that spread single-bit changes best.
     *
     * <p>Source: D. Stafford, Better Bit Mixing, variant 13.
     */
    private static long mixed(long value) {
        long bits = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        bits = (bits ^ (bits >>> 27)) * 0x94D049BB133111EBL;
        return bits ^ (bits >>> 31);
    }
}
