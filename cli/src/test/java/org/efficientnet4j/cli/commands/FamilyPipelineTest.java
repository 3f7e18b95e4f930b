package org.efficientnet4j.cli.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.efficientnet4j.cli.CommandLineRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code search family} from a grid to a family, and {@code --from}, with a network of two blocks. */
class FamilyPipelineTest {
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

    private List<String> begin(String command, String file, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of(command, "--base", tiny, "--data", "shapes:60", "--study", file));
        arguments.addAll(List.of("--proxy-size", "16", "--proxy-width", "1", "--proxy-epochs", "1"));
        arguments.addAll(List.of("--proxy-examples", "32", "--proxy-batch", "8"));
        arguments.addAll(List.of(more));
        return arguments;
    }

    private static Map<String, Integer> roles(String file) {
        Map<String, Integer> roles = new TreeMap<>();
        for (JsonNode trial : search("list", "--study", file, "--json").json()) {
            assertEquals("COMPLETE", trial.get("state").asText());
            roles.merge(trial.get("role").asText(), 1, Integer::sum);
        }
        return roles;
    }

    /** Stopped once within the grid, then gone on with: each trial is there once, and a further call trains nothing. */
    @Test
    void aFamilyIsSearchedInOneCommandThatGoesOnWhereItWasStopped() throws IOException {
        String files = folder.resolve("family").toString();
        List<String> grid = List.of("--tolerance", "0.02", "--step", "0.2", "--confirm", "2", "--confirm-seeds", "2");
        List<String> begun = begin("family", study, "--budgets", "1M,3M", "--out", files, "--max-trials", "1");
        begun.addAll(grid);
        CommandLineRun stopped = search(begun);
        assertEquals(0, stopped.code(), stopped.err());
        assertTrue(stopped.out().contains("o on with: effnet search family --resume --study " + study), stopped.out());
        assertTrue(stopped.out().contains("--budgets 1M,3M --confirm 2 --confirm-seeds 2"), stopped.out());

        List<String> resumed = new ArrayList<>(List.of("family", "--resume", "--study", study, "--budgets", "1M,3M"));
        resumed.addAll(List.of("--confirm", "2", "--confirm-seeds", "2", "--out", files));
        CommandLineRun text = search(resumed);
        assertEquals(0, text.code(), text.err());
        assertTrue(text.out().contains("95 % interval") && text.out().contains("the paper's"), text.out());
        Map<String, Integer> roles = roles(study);
        assertEquals(2, roles.get("CONFIRM"));
        assertEquals(1, roles.get("TEST"));
        assertEquals(4, roles.get("FAMILY"), "two of its own, two of the paper's");

        resumed.add("--json");
        JsonNode family = search(resumed).json();
        assertEquals(roles, roles(study), "nothing was trained again");
        assertEquals(2, family.get("differences").size());
        assertEquals(2, family.get("paperFiles").size());
        for (int i = 0; i < 2; i++) {
            JsonNode own = family.get("family").get(i);
            JsonNode paper = family.get("paper").get(i);
            JsonNode difference = family.get("differences").get(i);
            double mean =
                    own.get("testScore").asDouble() - paper.get("testScore").asDouble();
            assertEquals(mean, difference.get("mean").asDouble(), 1e-9);
            assertTrue(difference.get("low").asDouble() <= mean
                    && mean <= difference.get("high").asDouble());
            assertEquals(1.15, paper.get("gamma").asDouble());
            assertEquals(
                    paper.get("macs").asLong(),
                    CommandLineRun.of(
                                    "summary", family.get("paperFiles").get(i).asText(), "--classes", "1000", "--json")
                            .json()
                            .get("macs")
                            .asLong());
        }
        JsonNode read = search("family", "--study", study, "--budgets", "1M,3M", "--json")
                .json();
        assertEquals(family.get("differences"), read.get("differences"));
    }

    @Test
    void aFamilyNeedsImagesThatChoseNothing() {
        List<String> begun = begin("family", study, "--selection", "0", "--tolerance", "0.02", "--step", "0.2");
        begun.addAll(List.of("--budgets", "1M"));
        CommandLineRun run = search(begun);
        assertEquals(2, run.code(), run.err());
        assertTrue(run.err().contains("--selection above 0"), run.err());
    }

    /** Three observations in the box, of which two are within the new one; other trainings' are refused. */
    @Test
    void aSearchStartsFromAnotherOnesObservations() {
        assertEquals(
                0, search(begin("phi", study, "--phi", "0:4", "--trials", "4")).code());
        List<JsonNode> old = new ArrayList<>();
        for (JsonNode trial : search("list", "--study", study, "--json").json()) {
            if (trial.get("phi").asDouble() <= 3) {
                old.add(trial);
            }
        }
        String next = folder.resolve("next.db").toString();
        CommandLineRun run = search(begin("phi", next, "--phi", "0:3", "--trials", "5", "--from", study));
        assertEquals(0, run.code(), run.err());
        JsonNode trials = search("list", "--study", next, "--json").json();
        assertEquals(5, trials.size());
        for (int i = 0; i < old.size(); i++) {
            assertEquals(old.get(i).get("phi"), trials.get(i).get("phi"));
            assertEquals(old.get(i).get("score"), trials.get(i).get("score"));
        }
        String other = folder.resolve("other.db").toString();
        CommandLineRun longer = search(begin("phi", other, "--from", study, "--seed", "7"));
        assertEquals(2, longer.code());
        assertTrue(longer.err().contains("another --seed or --seeds-per-trial"), longer.err());
        assertTrue(Files.notExists(Path.of(other)));
        CommandLineRun both = search("phi", "--resume", "--study", study, "--from", next);
        assertEquals(2, both.code());
        assertTrue(both.err().contains("leave one of them out"), both.err());
    }

    /** A grid of two points from a study of one: only the other is trained. */
    @Test
    void aGridStartsFromAnotherOnesObservations() {
        List<String> small = begin("grid", study, "--tolerance", "0.02", "--step", "0.2");
        assertEquals(0, search(small).code());
        int before = search("list", "--study", study, "--json").json().size();
        String next = folder.resolve("next.db").toString();
        List<String> wide = begin("grid", next, "--tolerance", "0.2", "--step", "0.2", "--from", study);
        wide.addAll(List.of("--max-trials", "1"));
        assertEquals(0, search(wide).code());
        int complete = 0;
        JsonNode trials = search("list", "--study", next, "--json").json();
        for (JsonNode trial : trials) {
            complete += trial.get("state").asText().equals("COMPLETE") ? 1 : 0;
        }
        assertTrue(trials.size() > before);
        assertEquals(before + 1, complete);
    }

    /** Nine networks lie between phi 0 and .3; the other trials measure leaders again, and the report shows the process. */
    @Test
    void aSearchMeasuresLeadersAgainAndReportsItsProcess() throws IOException {
        CommandLineRun run = search(begin("phi", study, "--phi", "0:0.3", "--trials", "14"));
        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().contains("By the process's mean over all measurements trial"), run.out());
        Map<String, Integer> roles = roles(study);
        assertEquals(14, roles.get("SEARCH") + roles.get("LEADER"));
        JsonNode incumbent = search("best", "--study", study, "--json").json().get("incumbent");
        assertTrue(incumbent.get("measurements").asInt() >= 1
                && incumbent.get("deviation").asDouble() >= 0);
        Path page = folder.resolve("report.html");
        assertEquals(
                0, search("report", "--study", study, "--out", page.toString()).code());
        assertTrue(Files.readString(page).contains("The process along phi"));
    }

    /** Seven trials, of which six are the first points, with latencies measured for the third objective. */
    @Test
    void aFrontOfAccuracyMacsAndLatencyIsSearched() {
        List<String> begun = begin("phi", study, "--phi", "0:6", "--trials", "7", "--sampler", "front");
        begun.addAll(List.of("--budget-latency", "1000"));
        CommandLineRun run = search(begun);
        assertEquals(0, run.code(), run.err());
        assertEquals(7, search("list", "--study", study, "--json").json().size());
        CommandLineRun rest = search("phi", "--resume", "--study", study, "--trials", "8");
        assertEquals(0, rest.code(), rest.err());
    }
}
