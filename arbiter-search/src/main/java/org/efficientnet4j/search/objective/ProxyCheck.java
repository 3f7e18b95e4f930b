package org.efficientnet4j.search.objective;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.hipparchus.stat.correlation.SpearmansCorrelation;

/**
 * How far stand-ins stand for the whole networks, by their costs alone.
 *
 * @param standIns of a search's choices
 * @param pictureSide the shorter side of the data's own pictures, in pixels, where it is known
 */
public record ProxyCheck(List<StandIn> standIns, OptionalInt pictureSide) {
    /** The rank correlation below which a search is warned of. */
    public static final double LEAST_CORRELATION = 0.9;

    private static final int LEAST_NETWORKS = 4;

    /** Copies the list. */
    public ProxyCheck {
        standIns = List.copyOf(standIns);
    }

    /**
     * Spearman's rank correlation of the stand-ins' MACs with the whole networks'.
     *
     * @return empty for fewer than 4 networks of different cost
     */
    public OptionalDouble rankCorrelation() {
        double[] whole = standIns.stream().mapToDouble(StandIn::wholeRatio).toArray();
        double[] proxy = standIns.stream().mapToDouble(StandIn::macsRatio).toArray();
        long different = standIns.stream().map(StandIn::wholeRatio).distinct().count();
        long trained = standIns.stream().map(StandIn::macsRatio).distinct().count();
        return different < LEAST_NETWORKS || trained < 2
                ? OptionalDouble.empty()
                : OptionalDouble.of(new SpearmansCorrelation().correlation(whole, proxy));
    }

    /** The number of different networks that are trained. */
    public int different() {
        return (int) standIns.stream()
                .map(one -> List.of(one.model().plan(), one.size()))
                .distinct()
                .count();
    }

    /** Advice on stand-ins that don't stand for the whole networks, in sentences; empty mostly. */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        OptionalDouble correlation = rankCorrelation();
        if (correlation.isPresent() && correlation.getAsDouble() < LEAST_CORRELATION) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "The stand-ins' MACs rank otherwise than the whole networks' (rank correlation %.2f): what costs"
                            + " less may be trained as what costs more. Choose --proxy-fit matched, a smaller"
                            + " --proxy-stride or a larger --proxy-size.",
                    correlation.getAsDouble()));
        }
        long points = standIns.stream().filter(one -> one.map() == 1).count();
        if (points > 0) {
            warnings.add(counted(points) + " in a map of 1 x 1, where no larger kernel sees anything: choose a smaller"
                    + " --proxy-stride or a larger --proxy-size.");
        }
        pictureSide.ifPresent(side -> {
            int largest = standIns.stream().mapToInt(StandIn::size).max().orElse(0);
            if (largest > side) {
                warnings.add("Pictures of " + side + " px are enlarged to as much as " + largest
                        + " px, which adds cost and no detail: a resolution found so says little. Choose a smaller"
                        + " --proxy-size, with --proxy-stride.");
            }
        });
        return warnings;
    }

    private String counted(long points) {
        return standIns.size() == 1
                ? "The stand-in ends"
                : points + " of " + standIns.size() + " stand-ins " + (points == 1 ? "ends" : "end");
    }
}
