package org.efficientnet4j.notebooks.show;

import java.awt.Color;
import java.util.List;

/**
 * Colours that are told apart without red and green.
 *
 * <p>Source: Okabe and Ito, "Color Universal Design" (series); Smith and van der Walt, matplotlib's viridis (scale).
 */
public final class Palette {
    /** Text and axes. */
    static final Color INK = new Color(0x1f2933);
    /** Captions and what is less important. */
    static final Color FAINT = new Color(0x5b6770);
    /** Frames and grid lines. */
    static final Color FRAME = new Color(0xd5dbe1);

    private static final List<Color> SERIES = List.of(
            new Color(0x0072B2),
            new Color(0xD55E00),
            new Color(0x009E73),
            new Color(0xCC79A7),
            new Color(0xE69F00),
            new Color(0x56B4E9),
            new Color(0x7A7A7A));

    private static final int[] VIRIDIS = {
        0x440154, 0x482878, 0x3e4989, 0x31688e, 0x26828e, 0x1f9e89, 0x35b779, 0x6ece58, 0xb5de2b, 0xfde725
    };

    private Palette() {}

    /** Colour of a series, from 0; they repeat after the seventh. */
    public static Color series(int index) {
        return SERIES.get(Math.floorMod(index, SERIES.size()));
    }

    /**
     * Colour of a value on a scale from dark blue over green to yellow.
     *
     * @param share from 0 to 1; values beyond are taken as the ends
     */
    public static Color scale(double share) {
        double place = Math.min(1, Math.max(0, share)) * (VIRIDIS.length - 1);
        int low = (int) Math.min(VIRIDIS.length - 2, Math.floor(place));
        double rest = place - low;
        Color from = new Color(VIRIDIS[low]);
        Color to = new Color(VIRIDIS[low + 1]);
        return new Color(
                mix(from.getRed(), to.getRed(), rest),
                mix(from.getGreen(), to.getGreen(), rest),
                mix(from.getBlue(), to.getBlue(), rest));
    }

    private static int mix(int from, int to, double share) {
        return (int) Math.round(from + (to - from) * share);
    }
}
