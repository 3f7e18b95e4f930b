package org.efficientnet4j.search.bayes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Proposals are those that version 0.1 made with commons-math 3.6.1, bit for bit: a study goes on under another numerics
 * library as it would have under that one. The recorded lines are hexadecimal floating point. Other processors round
 * {@code Math.exp} in their own way.
 */
@EnabledIfSystemProperty(named = "os.arch", matches = "amd64|x86_64")
class RecordedProposalsTest {
    private static final int PROPOSALS = 14;

    @ParameterizedTest
    @ValueSource(strings = {"1 free 5", "2 free 3", "2 measured 11", "3 known 7", "4 measured 42"})
    void proposalsAreTheRecordedOnes(String search) throws IOException {
        List<String> recorded = recorded().stream()
                .filter(line -> line.startsWith(search + ":"))
                .toList();
        assertEquals(PROPOSALS, recorded.size());
        assertEquals(recorded, proposals(search));
    }

    private static List<String> recorded() throws IOException {
        try (InputStream file = RecordedProposalsTest.class.getResourceAsStream("recorded-proposals.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }

    private static List<String> proposals(String search) {
        String[] words = search.split(" ", -1);
        int dimensions = Integer.parseInt(words[0]);
        boolean measured = words[1].equals("measured");
        Predicate<double[]> admits = point -> !words[1].equals("known") || point[0] + point[1] <= 1.2;
        BayesianOptimizer optimizer = new BayesianOptimizer(
                dimensions,
                admits,
                measured ? OptionalDouble.of(0.6) : OptionalDouble.empty(),
                Long.parseLong(words[2]));
        List<Observation> observations = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < PROPOSALS; i++) {
            double[] point = optimizer.propose(observations).orElseThrow();
            lines.add(search + ": "
                    + Arrays.stream(point).mapToObj(Double::toHexString).collect(Collectors.joining(" ")));
            observations.add(new Observation(
                    point,
                    i % 5 == 4 ? OptionalDouble.empty() : OptionalDouble.of(score(point)),
                    measured ? OptionalDouble.of(Arrays.stream(point).sum() / dimensions) : OptionalDouble.empty()));
        }
        return lines;
    }

    /** A polynomial, whose value is the same on every machine. */
    private static double score(double[] point) {
        double score = 0;
        for (int d = 0; d < point.length; d++) {
            double distance = point[d] - 0.25 * (d + 1);
            score -= distance * distance * (d + 1) + 0.1 * distance * distance * distance;
        }
        return score;
    }

    /** Prints the lines to record. */
    public static void main(String[] searches) {
        for (String search : searches) {
            proposals(search).forEach(System.out::println);
        }
    }
}
