package org.efficientnet4j.cli.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.efficientnet4j.cli.CommandLineRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Searches with a network of two blocks on generated shapes. */
class SearchCommandsTest {
    private static final String TINY = """
            name: tiny
            size: 32
            stem: 8
            blocks:
              - r1_k3_s1_e1_i8_o8_c1
              - r2_k3_s2_e2_i8_o16_se0.25
            head: 32
            """;

    @TempDir
    private Path folder;

    private String tiny;
    private String study;

    @BeforeEach
    void write() throws IOException {
        tiny = Files.writeString(folder.resolve("tiny.yaml"), TINY).toString();
        study = folder.resolve("study.db").toString();
    }

    private static CommandLineRun search(List<String> arguments) {
        List<String> all = new ArrayList<>(List.of("search"));
        all.addAll(arguments);
        return CommandLineRun.of(all.toArray(new String[0]));
    }

    private static CommandLineRun search(String... arguments) {
        return search(List.of(arguments));
    }

    /** A small grid search; an option it has already is replaced. */
    private List<String> grid(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "grid",
                "--base",
                tiny,
                "--data",
                "shapes:60",
                "--study",
                study,
                "--proxy-size",
                "16",
                "--proxy-width",
                "1",
                "--proxy-epochs",
                "1",
                "--proxy-examples",
                "32",
                "--proxy-batch",
                "8",
                "--tolerance",
                "0.02",
                "--step",
                "0.2"));
        int present = more.length > 0 ? arguments.indexOf(more[0]) : -1;
        if (present >= 0) {
            arguments.set(present + 1, more[1]);
        } else {
            arguments.addAll(List.of(more));
        }
        return arguments;
    }

    /** The paper's grid: counted in exact decimals, and its published result is in it. */
    @Test
    void dryRunListsThePapersGridWithCosts() {
        JsonNode trials = search("grid", "--base", "efficientnet_b0", "--proxy-examples", "0", "--dry-run", "--json")
                .json()
                .get("trials");
        assertEquals(exactCount(), trials.size());
        boolean found = false;
        for (JsonNode trial : trials) {
            found |= trial.get("alpha").asDouble() == 1.2
                    && trial.get("beta").asDouble() == 1.1
                    && trial.get("gamma").asDouble() == 1.15;
            assertTrue(Math.abs(trial.get("product").asDouble() - 2) <= 0.1 + 1e-9);
            assertTrue(trial.get("macs").asLong() > 385_814_752L, "more than B0's MACs");
            assertEquals(
                    48 * trial.get("gamma").asDouble(), trial.get("proxySize").asDouble(), 48 * 0.15);
            double ratio = trial.get("macsRatio").asDouble();
            assertEquals(trial.get("macs").asLong() / 385_814_752.0, ratio, 0.005);
            assertEquals(1, trial.get("proxyMacsRatio").asDouble() / ratio, 0.03);
            assertTrue(
                    trial.get("proxyMacs").asLong() > 0 && trial.get("proxyMap").asInt() >= 2);
            assertTrue(trial.get("trainableParameters").asLong() >= 5_288_548L, "at least B0's parameters");
        }
        assertTrue(found);
    }

    private static int exactCount() {
        int count = 0;
        BigDecimal step = new BigDecimal("0.05");
        for (int a = 0; a <= 22; a++) {
            for (int b = 0; b <= 22; b++) {
                for (int g = 0; g <= 22; g++) {
                    BigDecimal alpha = step.multiply(BigDecimal.valueOf(a)).add(BigDecimal.ONE);
                    BigDecimal beta = step.multiply(BigDecimal.valueOf(b)).add(BigDecimal.ONE);
                    BigDecimal gamma = step.multiply(BigDecimal.valueOf(g)).add(BigDecimal.ONE);
                    BigDecimal product = alpha.multiply(beta.pow(2)).multiply(gamma.pow(2));
                    if (product.subtract(BigDecimal.valueOf(2)).abs().compareTo(new BigDecimal("0.1")) <= 0) {
                        count++;
                    }
                }
            }
        }
        return count;
    }

    @Test
    void dryRunTellsTheTime() {
        CommandLineRun run = search(grid("--dry-run"));
        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().contains(" in all on this machine"), run.out());
        assertTrue(run.out().contains("MACs"));
    }

    @Test
    void aSearchIsResumedListedExportedAndHasABest() throws IOException {
        int size = search(grid("--dry-run", "--json")).json().get("trials").size();
        assertTrue(size >= 3, "trials: " + size);

        CommandLineRun first = search(grid("--max-trials", "1"));
        assertEquals(0, first.code(), first.err());
        assertTrue(first.err().contains("1/" + size), first.err());
        assertTrue(first.out().contains("effnet search grid --resume --study"), first.out());
        assertEquals(2, search(grid()).code(), "a study that is there goes on with --resume only");

        CommandLineRun rest = search("grid", "--resume", "--study", study, "--parallel", "2", "--json");
        assertEquals(0, rest.code(), rest.err());
        JsonNode trials = search("list", "--study", study, "--json").json();
        assertEquals(size, trials.size());
        double highest = 0;
        for (JsonNode trial : trials) {
            assertEquals("COMPLETE", trial.get("state").asText(), trial.toString());
            assertEquals(1, trial.get("attempts").asInt());
            assertEquals(1, trial.get("curve").size());
            assertEquals(trial.get("curve"), trial.get("curves").get(0));
            assertTrue(trial.get("proxyMacs").asLong() > 0, trial.toString());
            assertEquals(trial.get("score").asDouble(), trial.get("accuracy").asDouble());
            highest = Math.max(highest, trial.get("score").asDouble());
        }
        assertEquals(highest, rest.json().get("score").asDouble());
        assertEquals(rest.json(), search("best", "--study", study, "--json").json());
        assertTrue(search("list", "--study", study).out().contains("complete"));

        Path csv = folder.resolve("trials.csv");
        assertEquals(
                0,
                search("export", "csv", "--study", study, "--out", csv.toString())
                        .code());
        List<String> lines = Files.readAllLines(csv);
        assertTrue(lines.get(0).startsWith("number,alpha,beta,gamma,phi,product,size,trainableParameters,macs"));
        assertEquals(size + 1, lines.size());
    }

    /** Two leaders with two fresh seeds, then the chosen one on the images that chose nothing; a second call adds nothing. */
    @Test
    void leadersAreConfirmedAndTheChosenOneIsTestedOnce() {
        CommandLineRun run = search(grid("--confirm", "2"));
        assertEquals(0, run.code(), run.err());
        assertEquals(
                2,
                search("grid", "--resume", "--study", study, "--confirm", "1").code());
        JsonNode best = search("grid", "--resume", "--study", study, "--confirm", "2", "--confirm-seeds", "3", "--json")
                .json();
        JsonNode confirmed = best.get("confirmed");
        assertEquals(2, confirmed.get("leaders").size());
        assertEquals(3, confirmed.get("seeds").size());
        assertEquals(43, confirmed.get("seeds").get(0).asInt(), "fresh: the search had 42");
        int tests = 0;
        int repeats = 0;
        for (JsonNode trial : search("list", "--study", study, "--json").json()) {
            tests += trial.get("role").asText().equals("TEST") ? 1 : 0;
            repeats += trial.get("role").asText().equals("CONFIRM") ? 1 : 0;
            if (trial.get("role").asText().equals("TEST")) {
                assertEquals(confirmed.get("number"), trial.get("repeats"));
                assertEquals(confirmed.get("testScore"), trial.get("score"));
            }
        }
        assertEquals(1, tests, "the same three seeds were there already");
        assertEquals(2, repeats);
        String chosen = folder.resolve("chosen.yaml").toString();
        String text = search("best", "--study", study, "--out", chosen).out();
        long macs = search("list", "--study", study, "--json")
                .json()
                .get(confirmed.get("number").asInt())
                .get("macs")
                .asLong();
        assertEquals(
                macs,
                CommandLineRun.of("summary", chosen, "--classes", "1000", "--json")
                        .json()
                        .get("macs")
                        .asLong());
        assertTrue(text.contains("Repeated with 3 fresh seeds: of 2 leaders trial"), text);
        assertTrue(text.contains("on images that chose nothing"), text);
        assertTrue(text.contains("cannot be told from it") || text.contains("can be told from it"), text);
    }

    /** The dear trainings are a study of their own: the same command goes on with it, other options are refused. */
    @Test
    void theRankingIsComparedWithThatOfADearerTraining() {
        assertEquals(0, search(grid("--tolerance", "0.3")).code());
        String dear = folder.resolve("dear.db").toString();
        String page = folder.resolve("fidelity.html").toString();
        List<String> command = List.of(
                "fidelity",
                "--study",
                study,
                "--dear",
                dear,
                "--candidates",
                "4",
                "--epochs-times",
                "2",
                "--seeds",
                "1");
        List<String> withPage = new ArrayList<>(command);
        withPage.addAll(List.of("--json", "--out", page));
        JsonNode result = search(withPage).json();
        assertEquals(4, result.get("networks").size());
        assertTrue(Math.abs(result.get("tau").asDouble()) <= 1);
        assertTrue(Files.exists(Path.of(page)));
        JsonNode trained = search("list", "--study", dear, "--json").json();
        assertEquals(4, trained.size());
        assertEquals(2, trained.get(0).get("curve").size(), "twice the epochs");
        assertEquals(43, trained.get(0).get("seeds").get(0).asInt(), "a fresh seed");
        assertEquals(0, search(command).code(), "nothing is left to train");
        CommandLineRun other = search("fidelity", "--study", study, "--dear", dear, "--epochs-times", "5");
        assertEquals(2, other.code());
        assertTrue(other.err().contains("begun for other dear trainings"), other.err());
    }

    /** The tiny base costs less than a million MACs; the members are models. */
    @Test
    void theBestCoefficientsGiveAFamilyWithinBudgets() {
        assertEquals(0, search(grid()).code());
        String files = folder.resolve("family").toString();
        JsonNode family = search("family", "--study", study, "--budgets", "1M,3M", "--out", files, "--json")
                .json();
        assertEquals(2, family.get("files").size());
        long macs = family.get("family").get(1).get("macs").asLong();
        assertTrue(macs <= 3_000_000
                && macs > family.get("family").get(0).get("macs").asLong());
        JsonNode summary = CommandLineRun.of(
                        "summary", family.get("files").get(1).asText(), "--classes", "1000", "--json")
                .json();
        assertEquals(macs, summary.get("macs").asLong());
        CommandLineRun text = search("family", "--study", study, "--budgets", "1M,3M");
        assertTrue(text.out().contains("paper's phi") && text.out().contains("cannot be told"), text.out());
        CommandLineRun small = search("family", "--study", study, "--budgets", "1k");
        assertEquals(2, small.code());
        assertTrue(small.err().contains("found 1000"), small.err());
    }

    @Test
    void scalingsOfOnesOwnAreAddedAndTrained() {
        assertEquals(0, search(grid("--max-trials", "1")).code());
        int before = search("list", "--study", study, "--json").json().size();
        CommandLineRun added = search("add", "--study", study, "1.3,1.0,1.1", "1.3,1.0,1.1,2", "1.3,1.0,1.1");
        assertEquals(0, added.code(), added.err());
        assertTrue(added.out().contains("2 trials added, 1 there already"), added.out());
        assertEquals(0, search("grid", "--resume", "--study", study).code());
        JsonNode trials = search("list", "--study", study, "--json").json();
        assertEquals(before + 2, trials.size());
        trials.forEach(trial -> assertEquals("COMPLETE", trial.get("state").asText()));
        CommandLineRun bad = search("add", "--study", study, "1.3,1.0");
        assertEquals(2, bad.code());
        assertTrue(bad.err().contains("found '1.3,1.0'"), bad.err());
    }

    /** The study keeps the network, not its file's name. */
    @Test
    void aStudyGoesOnAndHasABestAfterItsBaseIsEditedOrGone() throws IOException {
        assertEquals(0, search(grid("--max-trials", "1")).code());
        String best = folder.resolve("best.yaml").toString();
        assertEquals(0, search("best", "--study", study, "--out", best).code());
        String found = Files.readString(Path.of(best));
        Files.writeString(Path.of(tiny), TINY.replace("head: 32", "head: 64"));
        CommandLineRun other = search("grid", "--resume", "--study", study, "--base", tiny);
        assertEquals(2, other.code());
        assertTrue(other.err().contains("--base tiny, found another network"), other.err());
        Files.delete(Path.of(tiny));
        CommandLineRun rest = search("grid", "--resume", "--study", study, "--max-trials", "1");
        assertEquals(0, rest.code(), rest.err());
        assertEquals(0, search("best", "--study", study, "--out", best).code());
        assertEquals(
                found.lines().filter(line -> line.startsWith("head:")).toList(),
                Files.readAllLines(Path.of(best)).stream()
                        .filter(line -> line.startsWith("head:"))
                        .toList());
        Path page = folder.resolve("report.html");
        assertEquals(
                0, search("report", "--study", study, "--out", page.toString()).code());
    }

    @Test
    void resumingUnderOtherOptionsIsRefusedByName() {
        assertEquals(0, search(grid("--max-trials", "1")).code());
        CommandLineRun other = search("grid", "--resume", "--study", study, "--proxy-size", "32");
        assertEquals(2, other.code());
        assertTrue(other.err().contains("--proxy-size 16, found 32"), other.err());
        CommandLineRun limited = search("grid", "--resume", "--study", study, "--budget-macs", "1G");
        assertEquals(2, limited.code());
        assertTrue(limited.err().contains("no --budget-macs, found 1000000000"), limited.err());
        CommandLineRun same =
                search("grid", "--resume", "--study", study, "--step", "0.20", "--max-alpha", "2.02", "--dry-run");
        assertEquals(0, same.code(), same.err());
        CommandLineRun phi = search("phi", "--resume", "--study", study);
        assertEquals(2, phi.code());
        assertTrue(phi.err().contains("begun by 'search grid', found 'search phi'"), phi.err());
    }

    private String[] proxied(String command, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                command,
                "--base",
                tiny,
                "--data",
                "shapes:40",
                "--study",
                study,
                "--proxy-size",
                "16",
                "--proxy-width",
                "1",
                "--proxy-epochs",
                "1",
                "--proxy-examples",
                "16",
                "--proxy-batch",
                "8"));
        arguments.addAll(List.of(more));
        return arguments.toArray(new String[0]);
    }

    @Test
    void phiIsSearchedWithinABudgetAndMayGetMoreTrialsLater() {
        CommandLineRun run = search(proxied("phi", "--phi", "0:4", "--budget-macs", "2M", "--trials", "2"));
        assertEquals(0, run.code(), run.err());
        assertEquals(
                0, search("phi", "--resume", "--study", study, "--trials", "3").code());
        JsonNode trials = search("list", "--study", study, "--json").json();
        assertEquals(3, trials.size());
        trials.forEach(trial -> assertTrue(trial.get("macs").asLong() <= 2_000_000));
    }

    @Test
    void theBestOfALatencyBudgetKeepsIt() {
        CommandLineRun run = search(proxied("phi", "--phi", "0:4", "--budget-latency", "1e-6", "--trials", "1"));
        assertEquals(1, run.code(), run.err());
        assertTrue(run.out().contains("no complete trial within the latency budget of 1.0E-6 ms"), run.out());
        assertEquals(1, search("best", "--study", study).code());
        assertEquals(1, search("list", "--study", study, "--json").json().size());
    }

    @Test
    void aLatencyBudgetIsMeasured() {
        CommandLineRun run = search(proxied("phi", "--phi", "0:4", "--budget-latency", "50", "--trials", "1"));
        assertEquals(0, run.code(), run.err());
        JsonNode trial = search("list", "--study", study, "--json").json().get(0);
        assertTrue(trial.get("latencyMillis").asDouble() > 0, trial.toString());
    }

    /** reward = accuracy * (MACs / target)^-0.07, and the network found is a MODEL. */
    @Test
    void blocksAreSearchedAndTheBestIsAModel() {
        CommandLineRun run = search(proxied("blocks", "--trials", "2", "--max-layers", "2", "--target-macs", "1M"));
        assertEquals(0, run.code(), run.err());
        String found = folder.resolve("found.yaml").toString();
        JsonNode best =
                search("best", "--study", study, "--json", "--out", found).json();
        double expected =
                best.get("accuracy").asDouble() * Math.pow(best.get("macs").asLong() / 1e6, -0.07);
        assertEquals(expected, best.get("score").asDouble(), 1e-9);
        JsonNode summary = CommandLineRun.of("summary", found, "--classes", "1000", "--json")
                .json();
        assertEquals(best.get("macs").asLong(), summary.get("macs").asLong());
    }

    @Test
    void dimensionsAreScaledAloneAndTogether() {
        JsonNode trials = search("dimensions", "--phis", "0,1,2", "--proxy-examples", "0", "--dry-run", "--json")
                .json()
                .get("trials");
        assertEquals(1 + 4 + 4, trials.size());
    }

    @Test
    void aDryRunOfProposalsShowsExamples() {
        JsonNode plan = search(
                        "phi", "--phi", "0:3", "--budget-macs", "2G", "--proxy-examples", "0", "--dry-run", "--json")
                .json();
        assertEquals(20, plan.get("trialCount").asInt());
        assertTrue(plan.get("examples").size() > 1);
    }

    /** The report is one file that needs no network. */
    @Test
    void aStudyHasAReport() throws IOException {
        assertEquals(0, search(grid("--max-trials", "1")).code());
        Path page = folder.resolve("report.html");
        assertEquals(
                0, search("report", "--study", study, "--out", page.toString()).code());
        String html = Files.readString(page);
        assertTrue(html.contains("What accuracy costs") && html.contains("Every trial"));
    }

    @Test
    void regretIsLowerThanByChance() {
        JsonNode rows =
                search("regret", "--trials", "16", "--seeds", "1", "--json").json();
        assertEquals(9, rows.size());
        assertTrue(rows.get(0).get("bayesian").asDouble()
                < rows.get(0).get("random").asDouble());
    }

    @ParameterizedTest
    @CsvSource({
        "--tolerance -1, tolerance",
        "--step 0, step",
        "--max-alpha 0.5, maximum of alpha",
        "--budget-macs few, --budget-macs",
        "--budget-macs 1, nothing to try",
        "--parallel 0, --parallel",
        "--proxy-size 2, stride",
        "--proxy-epochs 0, epochs",
        "--seeds-per-trial 0, --seeds-per-trial",
        "--data nowhere, nowhere",
        "--base efficientnet_b3, must not be scaled",
        "--study nowhere/study.db, folder of --study",
        "--resume, no study",
        "--pruner best, best",
        "--runner yarn, No runner is known",
        "--ui 70000, --ui",
    })
    void badInputIsRefusedWithAMessage(String option, String message) {
        CommandLineRun run = search(grid(option.split(" ")));
        assertEquals(2, run.code(), run.err());
        assertTrue(run.err().contains(message), run.err());
    }

    @Test
    void aStudyThatIsNotThereIsRefused() throws IOException {
        assertEquals(2, search("list", "--study", study).code());
        assertEquals(2, search("best", "--study", tiny).code());
        Files.createFile(Path.of(study));
        CommandLineRun empty = search("list", "--study", study);
        assertEquals(2, empty.code());
        assertTrue(empty.err().contains("empty file"), empty.err());
    }
}
