package org.efficientnet4j.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.efficientnet4j.model.ModelFile;
import org.efficientnet4j.train.ImageTraining;
import org.efficientnet4j.train.Trainer;
import org.efficientnet4j.train.options.DataOptions;
import org.efficientnet4j.train.options.RunOptions;
import org.efficientnet4j.train.options.TrainingOptions;
import org.efficientnet4j.train.options.TrainingOptionsBuilder;
import org.efficientnet4j.train.options.TransferOptions;
import org.efficientnet4j.train.run.TrainingRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Three epochs of three steps from trained weights: frozen until stage 1, then until the stem, then not at all. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PartlyFrozenUiTest {
    private static final String TINY = """
            name: tiny
            size: 32
            stem: 8
            blocks:
              - r1_k3_s1_e1_i8_o8_c1
              - r1_k3_s2_e2_i8_o16_se0.25
            head: 32
            """;

    private final ObjectMapper json = new ObjectMapper();
    private Path folder;
    private String model;
    private TrainingUi ui;
    private TrainingRun watched;
    private TrainingRun unwatched;

    @BeforeAll
    void train(@TempDir Path temporary) throws IOException {
        folder = temporary;
        model = Files.writeString(folder.resolve("tiny.yaml"), TINY).toString();
        ImageTraining first = ImageTraining.prepare(options());
        TrainingRun trained = TrainingRun.create(folder.resolve("trained"), first.options());
        first.trainer(trained).train();
        ui = TrainingUi.start(0, "runs/tiny");
        watched = tune(trained, "watched", true);
        unwatched = tune(trained, "unwatched", false);
    }

    @AfterAll
    void end() {
        ui.close();
    }

    private TrainingOptionsBuilder options() {
        return TrainingOptions.builder()
                .set(RunOptions.MODEL, model)
                .set(DataOptions.SOURCE, "shapes:60")
                .set(DataOptions.SIZE, 32)
                .set(DataOptions.BATCH, 16)
                .set(RunOptions.EPOCHS, 1)
                .set(DataOptions.WORKERS, 1);
    }

    private TrainingRun tune(TrainingRun from, String name, boolean seen) {
        ImageTraining tuning = ImageTraining.prepare(options()
                .set(TransferOptions.INIT, from.modelFile().toString())
                .set(RunOptions.EPOCHS, 3)
                .set(TransferOptions.FREEZE_UNTIL, "stage1")
                .set(TransferOptions.UNFREEZE_EVERY, 1));
        TrainingRun run = TrainingRun.create(folder.resolve(name), tuning.options());
        Trainer trainer = tuning.trainer(run);
        if (seen) {
            trainer.watchedBy(ui.listener(trainer.steps(), 1));
        }
        trainer.train();
        return run;
    }

    private JsonNode get(String path) throws IOException {
        return json.readTree(URI.create(ui.address()).resolve(path).toURL());
    }

    /** A layer's page, by its place among the graph's vertices. */
    private JsonNode layer(String name) throws IOException {
        List<String> names = new ArrayList<>();
        get("/train/model/graph").get("vertexNames").forEach(vertex -> names.add(vertex.asText()));
        assertTrue(names.contains(name), names.toString());
        return get("/train/model/data/" + names.indexOf(name));
    }

    @Test
    void watchingChangesNothing() {
        assertEquals(
                ModelFile.read(unwatched.lastCheckpoint()).graph().params(),
                ModelFile.read(watched.lastCheckpoint()).graph().params());
    }

    @Test
    void theScoreGoesOnWhereStagesThaw() throws IOException {
        JsonNode data = get("/train/overview/data");
        assertEquals("[0,1,2,3,4,5,6,7,8]", data.get("scoresIter").toString());
        assertEquals(9, data.get("scores").size());
    }

    @Test
    void theOverviewShowsWhatLearnsFromTheBeginning() throws IOException {
        JsonNode ratios = get("/train/overview/data").get("updateRatios");
        assertEquals(9, ratios.get("classifier_W").size());
        assertEquals(9, ratios.get("stage2.block1.expand_W").size());
        assertFalse(ratios.has("stem_W"), ratios.toString());
    }

    @Test
    void aThawedLayersPageHasTheReportsSinceItLearns() throws IOException {
        JsonNode stem = layer("stem");
        assertEquals(9, stem.get("meanMag").get("iterCounts").size());
        assertEquals(3, stem.get("meanMag").get("paramMM").get("W").size());
        assertEquals("[3,4,5,6,7,8]", stem.get("activations").get("iterCount").toString());
        JsonNode rates = stem.get("learningRates").get("lrs").get("W");
        assertEquals(0, rates.get(5).asDouble());
        assertTrue(rates.get(6).asDouble() > 0, rates.toString());
        assertEquals(
                6,
                layer("stage1.block1.fused")
                        .get("meanMag")
                        .get("paramMM")
                        .get("W")
                        .size());
    }
}
