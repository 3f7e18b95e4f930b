package org.efficientnet4j.cli.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import org.efficientnet4j.cli.CommandLineRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SummaryCommandTest {
    /** Published counts; the last column counts blocks. */
    @ParameterizedTest
    @CsvSource({
        "efficientnet_b0, 5288548, 5330564, 385814752, 224, 16",
        "EfficientNet-B7, 66347960, 66658680, 37745884192, 600, 55",
        "efficientnetv2_s, 21458488, 21612360, 8365617152, 384, 40",
        "efficientnet_v2_l, 118515272, 119027848, 56079699008, 480, 79"
    })
    void printsThePublishedCounts(String model, long trainable, long total, long macs, int size, int blocks) {
        CommandLineRun run = CommandLineRun.of("summary", model, "--json");
        assertEquals(0, run.code(), run.err());
        JsonNode json = run.json();
        assertEquals(trainable, json.get("trainableParameters").asLong());
        assertEquals(total, json.get("totalParameters").asLong());
        assertEquals(macs, json.get("macs").asLong());
        assertEquals(size, json.get("size").asInt());
        assertEquals(blocks, json.get("blocks").asInt());
    }

    @ParameterizedTest
    @CsvSource({"efficientnet_b3, 1000", "efficientnet_v2_xl, 10"})
    void theStagesParametersAddUpToTheWhole(String model, int classes) {
        JsonNode json = CommandLineRun.of("summary", model, "--classes", String.valueOf(classes), "--json")
                .json();
        long sum = 0;
        for (JsonNode stage : json.get("stages")) {
            sum += stage.get("parameters").asLong();
        }
        assertEquals(json.get("trainableParameters").asLong(), sum);
    }

    @Test
    void countsAnotherClassifierAndSize() {
        JsonNode json = CommandLineRun.of("summary", "efficientnet_b0", "--classes", "10", "--size", "64", "--json")
                .json();
        assertEquals(5_288_548 - 990 * 1281, json.get("trainableParameters").asLong());
        assertEquals(64, json.get("size").asInt());
    }

    @Test
    void namesTheNearestModels() {
        CommandLineRun run = CommandLineRun.of("summary", "efficientnet_b11");
        assertEquals(2, run.code());
        assertEquals("", run.out());
        assertTrue(run.err().contains("efficientnet_b11"), run.err());
        assertTrue(run.err().contains("efficientnet_b1,"), run.err());
    }

    @ParameterizedTest
    @CsvSource({"--size, 31, 32", "--classes, 0, at least 1", "--size, large, large"})
    void refusesNumbersThatMakeNoNetwork(String option, String value, String expected) {
        CommandLineRun run = CommandLineRun.of("summary", "efficientnet_b0", option, value);
        assertEquals(2, run.code());
        assertTrue(run.err().contains(value) && run.err().contains(expected), run.err());
    }
}
