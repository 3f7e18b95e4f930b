package org.efficientnet4j.notebooks.show;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** Round numbers along an axis. */
final class Ticks {
    private static final int WANTED = 6;

    private Ticks() {}

    /** Multiples of 1, 2 or 5 times a power of ten within a range: some four to nine. */
    static List<Double> between(double from, double to) {
        List<Double> ticks = new ArrayList<>();
        if (!(to > from)) {
            ticks.add(from);
            return ticks;
        }
        double raw = (to - from) / WANTED;
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        double step = power;
        for (double factor : new double[] {2, 5, 10}) {
            if (raw > step * 1.0001) {
                step = factor * power;
            }
        }
        for (long i = (long) Math.ceil(from / step - 1e-9); i * step <= to + step * 1e-9; i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    /** A tick's number without rounding noise. */
    static String text(double tick) {
        return new BigDecimal(tick)
                .setScale(6, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }
}
