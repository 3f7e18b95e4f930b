package org.efficientnet4j.search.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.efficientnet4j.models.ModelCatalog;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.search.space.BlockSpace;
import org.efficientnet4j.search.space.Choice;
import org.efficientnet4j.search.space.CoefficientGrid;
import org.efficientnet4j.search.space.CoefficientSpace;
import org.efficientnet4j.search.space.Coefficients;
import org.efficientnet4j.search.space.CostLimits;
import org.efficientnet4j.search.space.CostModel;
import org.efficientnet4j.search.space.CostedCoefficients;
import org.efficientnet4j.search.study.Trial;
import org.efficientnet4j.search.study.TrialState;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

/** Reports of made-up studies; target/reports keeps them to be looked at. */
class StudyReportTest {
    private static final ModelDefinition B0 = ModelCatalog.find("efficientnet_b0");

    private static Trial trial(int number, Choice choice, TrialState state, double score) {
        boolean scored = state == TrialState.COMPLETE;
        return new Trial(
                number,
                choice,
                List.of(1L),
                state,
                1,
                Optional.of("here"),
                Optional.of(Instant.EPOCH),
                Optional.of(Instant.EPOCH.plusSeconds(30 + number % 7)),
                scored ? OptionalDouble.of(score) : OptionalDouble.empty(),
                Map.of(),
                scored ? List.of(List.of(score - 0.2, score - 0.06, score)) : List.of(),
                state == TrialState.FAILED ? Optional.of("out of <memory>") : Optional.empty());
    }

    /** Best near (1.2, 1.1, 1.15), with noise. */
    private static List<Trial> grid() {
        List<Trial> trials = new ArrayList<>();
        Random random = new Random(1);
        for (CostedCoefficients choice : CoefficientSpace.of(CoefficientGrid.standard(), 1, B0, 1000, CostLimits.NONE)
                .candidates()) {
            Coefficients c = choice.coefficients();
            double distance =
                    Math.pow(c.alpha() - 1.2, 2) / 2 + Math.pow(c.beta() - 1.1, 2) + Math.pow(c.gamma() - 1.15, 2);
            double score = 0.52 - distance / 2 + 0.01 * random.nextGaussian();
            trials.add(
                    trial(trials.size(), choice, trials.size() == 3 ? TrialState.FAILED : TrialState.COMPLETE, score));
        }
        return trials;
    }

    private static String write(String name, StudyReport report) throws Exception {
        Path folder = Files.createDirectories(Path.of("target", "reports"));
        String html = report.html();
        Files.writeString(folder.resolve(name), html);
        assertFalse(html.contains("http://") || html.contains("https://"), "the page must need no network");
        assertFalse(html.contains("NaN"), "a figure is missing");
        Matcher pictures = Pattern.compile("<svg.*?</svg>", Pattern.DOTALL).matcher(html);
        while (pictures.find()) { // well-formed, or this throws
            DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(pictures.group())));
        }
        return html;
    }

    @Test
    void aGridsReportHasEveryPlotAndTheFamilyItImplies() throws Exception {
        List<Trial> trials = grid();
        String html = write(
                "grid.html",
                new StudyReport(
                        "Search for scaling coefficients",
                        Map.of("--proxy-size", "32"),
                        B0,
                        1000,
                        OptionalDouble.empty(),
                        trials));
        for (String heading : List.of(
                "What accuracy costs",
                "The surface of coefficients",
                "What matters",
                "Validation curves",
                "All parameters together",
                "The family it implies",
                "Every trial")) {
            assertTrue(html.contains(heading), heading);
        }
        assertTrue(html.contains("<code>--proxy-size</code> 32"));
        assertTrue(html.contains("<th>B7</th>"));
        assertTrue(html.contains("out of &lt;memory&gt;"));
        assertTrue(html.contains("5.3 M</td><td>386 M"), "B0 is the published one");
    }

    @Test
    void aComparisonOfDimensionsHasItsCurves() throws Exception {
        CostModel costs = new CostModel(B0, 1000);
        List<Trial> trials = new ArrayList<>();
        double root = Math.sqrt(2);
        for (double phi : new double[] {0, 0.5, 1, 1.5, 2}) {
            double[][] kinds = {{2, 1, 1, .02}, {1, root, 1, .03}, {1, 1, root, .025}, {1.2, 1.1, 1.15, .045}};
            for (double[] kind : phi == 0 ? new double[][] {kinds[3]} : kinds) {
                CostedCoefficients choice = costs.cost(new Coefficients(kind[0], kind[1], kind[2]), phi);
                trials.add(trial(trials.size(), choice, TrialState.COMPLETE, 0.45 + kind[3] * phi - 0.005 * phi * phi));
            }
        }
        String html = write(
                "dimensions.html",
                new StudyReport("Depth, width, resolution", Map.of(), B0, 1000, OptionalDouble.empty(), trials));
        assertTrue(html.contains("One dimension alone against all together"));
        assertEquals(4, DimensionCurves.lines(trials).size());
        DimensionCurves.lines(trials).values().forEach(line -> assertEquals(5, line.size()));
    }

    @Test
    void aBlockSearchHasAReportToo() throws Exception {
        BlockSpace space = new BlockSpace(B0, 3, 1000);
        Random random = new Random(2);
        List<Trial> trials = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            Choice choice = space.random(random);
            trials.add(trial(
                    i,
                    choice,
                    TrialState.COMPLETE,
                    0.4 + 0.05 * choice.parameters().get("stage2.fused")));
        }
        String html = write(
                "blocks.html",
                new StudyReport("Search for a base network", Map.of(), B0, 1000, OptionalDouble.empty(), trials));
        assertFalse(html.contains("The surface of coefficients"));
        assertTrue(html.contains("stage2.fused"));
    }

    /** The highest score is beyond the budget; the page names the best within it. */
    @Test
    void theBestKeepsTheLatencyBudget() throws Exception {
        CostModel costs = new CostModel(B0, 1000);
        List<Trial> trials = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Trial one = trial(i, costs.cost(new Coefficients(1.2, 1.1, 1.15), i), TrialState.COMPLETE, 0.3 + 0.1 * i);
            trials.add(new Trial(
                    one.number(),
                    one.choice(),
                    one.seeds(),
                    one.state(),
                    1,
                    one.machine(),
                    one.started(),
                    one.ended(),
                    one.score(),
                    Map.of("latencyMillis", 10.0 * (i + 1)),
                    one.curves(),
                    one.error()));
        }
        StudyReport within = new StudyReport("Phi", Map.of(), B0, 1000, OptionalDouble.of(20), trials);
        assertTrue(write("latency.html", within).contains("Best: trial 1"));
        StudyReport none = new StudyReport("Phi", Map.of(), B0, 1000, OptionalDouble.of(5), trials);
        assertTrue(write("latency-none.html", none).contains("No trial keeps the latency budget of 5 ms yet."));
    }

    @Test
    void anEmptyStudyHasAReport() throws Exception {
        String html =
                write("empty.html", new StudyReport("Nothing", Map.of(), B0, 1000, OptionalDouble.empty(), List.of()));
        assertTrue(html.contains("No trial is complete yet"));
    }

    @Test
    void theFrontHoldsWhatNoneBeatsInBoth() {
        CostModel costs = new CostModel(B0, 1000);
        List<Trial> trials = List.of(
                trial(0, costs.cost(new Coefficients(1, 1, 1), 1), TrialState.COMPLETE, 0.3),
                trial(1, costs.cost(new Coefficients(1, 1.1, 1), 1), TrialState.COMPLETE, 0.2),
                trial(2, costs.cost(new Coefficients(1, 1.2, 1), 1), TrialState.COMPLETE, 0.4),
                trial(3, costs.cost(new Coefficients(1, 1.3, 1), 1), TrialState.COMPLETE, 0.4));
        assertEquals(List.of(trials.get(0), trials.get(2)), CostPlot.front(trials));
    }

    /** Scores that are nothing but chance must not be explained by any parameter. */
    @Test
    void noImportanceIsShownWhereNothingIsExplained() throws Exception {
        Random random = new Random(5);
        List<Trial> trials = new ArrayList<>();
        for (Trial trial : grid()) {
            trials.add(trial(trial.number(), trial.choice(), TrialState.COMPLETE, 0.1 + 0.01 * random.nextGaussian()));
        }
        String html = write("noise.html", new StudyReport("Noise", Map.of(), B0, 1000, OptionalDouble.empty(), trials));
        assertTrue(html.contains("too little to say which parameter matters"));
        assertFalse(html.contains("Shares of permutation importance"));
    }

    /** Every picture is there as a file that needs no page around it. */
    @Test
    void everyPictureIsSavable() throws Exception {
        String html = write("saved.html", new StudyReport("Saved", Map.of(), B0, 1000, OptionalDouble.empty(), grid()));
        Matcher links =
                Pattern.compile("href='data:image/svg\\+xml;base64,([^']*)'").matcher(html);
        int count = 0;
        while (links.find()) {
            String picture = new String(Base64.getDecoder().decode(links.group(1)), StandardCharsets.UTF_8);
            assertEquals(
                    "http://www.w3.org/2000/svg",
                    DocumentBuilderFactory.newDefaultNSInstance()
                            .newDocumentBuilder()
                            .parse(new InputSource(new StringReader(picture)))
                            .getDocumentElement()
                            .getNamespaceURI());
            assertTrue(picture.contains("<style>"));
            count++;
        }
        assertEquals(html.split("<svg", -1).length - 1, count);
    }

    /** y = 3 a + noise; b and c do nothing. */
    @Test
    void importanceFindsTheOneParameterThatMatters() {
        Random random = new Random(3);
        double[][] features = new double[80][];
        double[] values = new double[80];
        for (int i = 0; i < values.length; i++) {
            features[i] = random.doubles(3).toArray();
            values[i] = 3 * features[i][0] + 0.05 * random.nextGaussian();
        }
        double[] importance = new RandomForest(features, values, 1).importance();
        double sum = importance[0] + importance[1] + importance[2];
        assertTrue(importance[0] / sum > 0.9, "share: " + importance[0] / sum);
    }
}
