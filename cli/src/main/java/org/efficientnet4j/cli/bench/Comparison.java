package org.efficientnet4j.cli.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.efficientnet4j.benchmark.BenchmarkResult;
import org.efficientnet4j.benchmark.BenchmarkSettings;

/** Runs contenders in turn, so that a machine's slow minute meets all of them, and sums up. */
final class Comparison {
    private final Map<Contender, List<BenchmarkResult>> results = new LinkedHashMap<>();
    private final Map<Contender, String> skipped = new LinkedHashMap<>();
    private final Consumer<String> progress;

    /** @param progress told what runs */
    Comparison(Consumer<String> progress) {
        this.progress = progress;
    }

    /** Runs each once; one that could not run is not tried again. */
    void round(Collection<Contender> contenders) {
        for (Contender contender : contenders) {
            if (skipped.containsKey(contender)) {
                continue;
            }
            progress.accept(contender.name());
            Outcome outcome = Outcome.of(contender);
            if (outcome.result() == null) {
                skipped.put(contender, outcome.skipped());
            } else {
                results.computeIfAbsent(contender, c -> new ArrayList<>()).add(outcome.result());
            }
        }
    }

    /**
     * The row.
     *
     * @throws IllegalStateException where our own process failed
     */
    BenchReport report(BenchmarkSettings settings, Contender ours, Collection<Contender> peers) {
        if (!results.containsKey(ours)) {
            throw new IllegalStateException("The measuring process failed: " + skipped.get(ours));
        }
        BenchmarkResult own = summary(results.get(ours));
        List<BenchReport.Peer> rows = new ArrayList<>();
        for (Contender peer : peers) {
            rows.add(
                    results.containsKey(peer)
                            ? peer(own, summary(results.get(peer)))
                            : new BenchReport.Peer(peer.name(), 0, 0, 0, 0, skipped.get(peer)));
        }
        return report(settings, own, rows);
    }

    /** A row of one result and its peers. */
    static BenchReport report(BenchmarkSettings settings, BenchmarkResult own, List<BenchReport.Peer> peers) {
        return new BenchReport(
                settings.model().name(),
                Contender.mode(settings),
                settings.batch(),
                settings.size(),
                settings.steps(),
                settings.threads(),
                own.imagesPerSecond(),
                own.bestImagesPerSecond(),
                own.peakResidentMegabytes(),
                own.provider(),
                own.inference(),
                peers);
    }

    private static BenchReport.Peer peer(BenchmarkResult own, BenchmarkResult other) {
        return new BenchReport.Peer(
                other.provider(),
                other.imagesPerSecond(),
                other.bestImagesPerSecond(),
                other.peakResidentMegabytes(),
                own.imagesPerSecond() / other.imagesPerSecond(),
                "");
    }

    /** The median of the medians, the best of the best, the highest peak. */
    static BenchmarkResult summary(List<BenchmarkResult> runs) {
        double[] rates = runs.stream()
                .mapToDouble(BenchmarkResult::imagesPerSecond)
                .sorted()
                .toArray();
        double median = (rates[(rates.length - 1) / 2] + rates[rates.length / 2]) / 2;
        double best = runs.stream()
                .mapToDouble(BenchmarkResult::bestImagesPerSecond)
                .max()
                .orElseThrow();
        long peak = runs.stream()
                .mapToLong(BenchmarkResult::peakResidentMegabytes)
                .max()
                .orElseThrow();
        return new BenchmarkResult(
                median, best, peak, runs.get(0).provider(), runs.get(0).inference());
    }
}
