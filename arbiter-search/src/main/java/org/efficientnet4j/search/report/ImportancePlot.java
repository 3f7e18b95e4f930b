package org.efficientnet4j.search.report;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.efficientnet4j.report.Svg;
import org.efficientnet4j.search.study.Trial;

/** How much each parameter matters to the score: permutation importance of a {@link RandomForest}, in shares. */
final class ImportancePlot {
    /** Fewer trials say nothing. */
    static final int LEAST_TRIALS = 12;

    /** A forest that explains less says nothing of what matters. */
    static final double LEAST_FIT = 0.2;

    private static final int MOST_SHOWN = 10;
    private static final int ROW = 34;
    private static final int LABEL = 130;
    private static final long SEED = 1;

    private ImportancePlot() {}

    /**
     * Shares of importance.
     *
     * @param shares one a parameter; they sum up to 1 unless nothing matters
     * @param fit the share of the score's variance that the forest explains for trials it did not see
     */
    @SuppressWarnings("ArrayRecordComponent") // read where it was made
    record Importance(double[] shares, double fit) {}

    static Svg draw(Importance importance, List<String> varying) {
        double[] shares = importance.shares();
        Svg svg = new Svg(Frame.WIDTH, ROW * Math.min(MOST_SHOWN, varying.size()) + 14);
        List<Integer> order = IntStream.range(0, shares.length)
                .boxed()
                .sorted((a, b) -> Double.compare(shares[b], shares[a]))
                .limit(MOST_SHOWN)
                .toList();
        int row = 0;
        for (int feature : order) {
            double y = 8 + ROW * row++;
            double width = (Frame.WIDTH - LABEL - 90) * shares[feature];
            String text = Figures.percent(shares[feature]);
            svg.text(LABEL - 10, y + 17, "end", "class='label'", varying.get(feature));
            svg.rectangle(LABEL, y, Math.max(1, width), ROW - 10, "class='bar' rx='4'", text);
            svg.text(LABEL + width + 8, y + 17, "start", "class='tick'", text);
        }
        return svg;
    }

    static Importance of(List<Trial> scored, List<String> varying) {
        double[][] features = scored.stream()
                .map(trial -> varying.stream()
                        .mapToDouble(name -> trial.choice().parameters().get(name))
                        .toArray())
                .toArray(double[][]::new);
        double[] scores = scored.stream()
                .mapToDouble(trial -> trial.score().orElseThrow())
                .toArray();
        RandomForest forest = new RandomForest(features, scores, SEED);
        double[] importance = forest.importance();
        double sum = Arrays.stream(importance).sum();
        double[] shares = sum == 0
                ? importance
                : Arrays.stream(importance).map(one -> one / sum).toArray();
        return new Importance(shares, forest.outOfBagFit());
    }
}
