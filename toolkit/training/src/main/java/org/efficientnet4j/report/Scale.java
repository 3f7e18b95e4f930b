package org.efficientnet4j.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Position of a value on an axis.
 *
 * @param low the value at the axis's start
 * @param high the value at its end, above low
 * @param start the picture's coordinate of low
 * @param end the picture's coordinate of high
 * @param logarithmic whether equal ratios are equally far apart
 */
public record Scale(double low, double high, double start, double end, boolean logarithmic) {
    private static final int TICKS = 5;

    /** A linear axis around values, with some room on both sides. */
    public static Scale linear(Collection<Double> values, double start, double end) {
        double low = values.stream().mapToDouble(Double::doubleValue).min().orElse(0);
        double high = values.stream().mapToDouble(Double::doubleValue).max().orElse(1);
        double room = high > low ? (high - low) * 0.06 : Math.max(Math.abs(low) * 0.05, 0.01);
        return new Scale(low - room, high + room, start, end, false);
    }

    /** A logarithmic axis around values, all above 0. */
    public static Scale logarithmic(Collection<Double> values, double start, double end) {
        double low = values.stream().mapToDouble(Double::doubleValue).min().orElse(1);
        double high = values.stream().mapToDouble(Double::doubleValue).max().orElse(10);
        double room = Math.max(Math.pow(high / low, 0.06), 1.03);
        return new Scale(low / room, high * room, start, end, true);
    }

    /** The picture's coordinate of a value. */
    public double at(double value) {
        double share = logarithmic ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
        return start + (end - start) * share;
    }

    /** Round values on the axis. */
    public List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        if (logarithmic && high / low > 8) {
            for (double decade = Math.pow(10, Math.floor(Math.log10(low))); decade <= high; decade *= 10) {
                for (double digit : new double[] {1, 2, 5}) {
                    if (decade * digit >= low && decade * digit <= high) {
                        ticks.add(decade * digit);
                    }
                }
            }
            return ticks;
        }
        double step = step((high - low) / TICKS);
        for (double tick = Math.ceil(low / step) * step; tick <= high; tick += step) {
            ticks.add(Math.abs(tick) < step / 1e6 ? 0 : tick);
        }
        return ticks;
    }

    /** The distance of ticks on a linear axis, for choosing their decimals. */
    public static double step(double rough) {
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double digit = rough / power;
        return power * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10);
    }
}
