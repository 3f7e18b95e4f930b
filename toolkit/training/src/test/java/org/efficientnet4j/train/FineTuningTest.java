package org.efficientnet4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.efficientnet4j.model.ModelFile;
import org.efficientnet4j.models.ModelCatalog;
import org.efficientnet4j.train.options.DataOptions;
import org.efficientnet4j.train.options.LearningRateShape;
import org.efficientnet4j.train.options.OptimizerOptions;
import org.efficientnet4j.train.options.RunOptions;
import org.efficientnet4j.train.options.ScheduleOptions;
import org.efficientnet4j.train.options.TrainingOptions;
import org.efficientnet4j.train.options.TrainingOptionsBuilder;
import org.efficientnet4j.train.options.TransferOptions;
import org.efficientnet4j.train.run.TrainingRun;
import org.efficientnet4j.weights.WeightExport;
import org.efficientnet4j.weights.names.WeightSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Initial weights and learning rates of fine-tuning. */
class FineTuningTest {
    @TempDir
    Path folder;

    private TinyFineTuning tiny;

    @BeforeEach
    void writeTrainedModel() throws IOException {
        tiny = new TinyFineTuning(folder);
    }

    @Test
    void startsFromAnotherLibrarysWeights() {
        Path weights = folder.resolve("tiny.safetensors");
        WeightExport.write(tiny.trained(), ModelCatalog.find(tiny.model()), WeightSource.TIMM, weights);
        TrainingRun run = tiny.train(
                "run",
                tiny.options()
                        .set(TransferOptions.INIT, weights.toString())
                        .set(TransferOptions.SOURCE, WeightSource.TIMM)
                        .set(TransferOptions.FREEZE_UNTIL, "head"));
        tiny.assertFrozen(TinyFineTuning.parameters(run.modelFile()), 5);
    }

    @Test
    void downloadsTheWeightsOnceAndStartsFromThem() throws IOException {
        Path weights = folder.resolve("tiny.safetensors");
        WeightExport.write(tiny.trained(), ModelCatalog.find(tiny.model()), WeightSource.TORCHVISION, weights);
        byte[] content = Files.readAllBytes(weights);
        AtomicInteger requests = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/tiny.safetensors", exchange -> {
            requests.incrementAndGet();
            exchange.sendResponseHeaders(200, content.length);
            try (exchange) {
                exchange.getResponseBody().write(content);
            }
        });
        server.start();
        String home = System.setProperty("user.home", folder.toString()); // the cache lies below it
        try {
            String address = "http://localhost:" + server.getAddress().getPort() + "/tiny.safetensors#sha256="
                    + Pretrained.sha256(weights);
            for (String name : List.of("first", "second")) {
                TrainingRun run = tiny.train(
                        name,
                        tiny.options()
                                .set(TransferOptions.INIT, address)
                                .set(TransferOptions.FREEZE_UNTIL, "head")
                                .set(RunOptions.EPOCHS, 1));
                tiny.assertFrozen(TinyFineTuning.parameters(run.modelFile()), 5);
            }
            assertEquals(1, requests.get());
        } finally {
            System.setProperty("user.home", home);
            server.stop(0);
        }
    }

    @Test
    void tellsWhereTheWeightsCameFromAndWhatLearnt() {
        TrainingRun run = tiny.train(
                "run", tiny.options().set(TransferOptions.FREEZE_UNTIL, "head").set(RunOptions.EPOCHS, 1));
        String start = ModelFile.readMetadata(run.modelFile())
                .provenance()
                .orElseThrow()
                .start();
        // 16 features to 10 classes, with biases.
        assertTrue(start.contains("frozen until head, 170 of "), start);
        assertTrue(start.contains(tiny.init() + ", SHA-256 " + Pretrained.sha256(tiny.init())), start);
    }

    @Test
    void earlierStagesLearnSlower() {
        // Adam's first step is the learning rate, whatever the gradient.
        TrainingRun run = tiny.train(
                "run",
                tiny.options()
                        .set(RunOptions.EPOCHS, 1)
                        .set(DataOptions.BATCH, 48)
                        .set(OptimizerOptions.WEIGHT_DECAY, 0.0)
                        .set(TransferOptions.LAYER_LEARNING_RATE_DECAY, 0.5)
                        .set(ScheduleOptions.WARMUP_EPOCHS, 0.0)
                        .set(ScheduleOptions.SHAPE, LearningRateShape.CONSTANT)
                        .set(OptimizerOptions.LEARNING_RATE, 1e-3));
        Map<String, INDArray> after = TinyFineTuning.parameters(run.lastCheckpoint());
        assertEquals(1e-3 / 2, moved(after, "head_W"), 2e-5);
        assertEquals(1e-3 / 4, moved(after, "stage3.block2.project_W"), 1e-5);
        assertEquals(1e-3 / 32, moved(after, "stem_W"), 1e-6);
    }

    private double moved(Map<String, INDArray> after, String key) {
        return after.get(key)
                .sub(tiny.trained().paramTable().get(key))
                .amaxNumber()
                .doubleValue();
    }

    @Test
    void theDefaultRateIsATenthUnlessTheClassifierLearnsAlone() {
        TrainingOptionsBuilder plain = TinyTraining.options().set(OptimizerOptions.LEARNING_RATE, 1.0);
        assertEquals(3e-4, rate(tiny.init().toString(), null, 0), 1e-12);
        assertEquals(3e-4, rate(tiny.init().toString(), "stage2", 0), 1e-12);
        assertEquals(3e-4, rate(tiny.init().toString(), "head", 1), 1e-12);
        assertEquals(3e-3, rate(tiny.init().toString(), "head", 0), 1e-12);
        assertEquals(3e-3, rate(null, null, 0), 1e-12);
        assertEquals(
                1,
                plain.set(TransferOptions.INIT, tiny.init().toString()).build().get(OptimizerOptions.LEARNING_RATE));
    }

    private double rate(String from, String freezeUntil, int unfreezeEvery) {
        TrainingOptionsBuilder builder = TrainingOptions.builder()
                .set(RunOptions.MODEL, tiny.model())
                .set(DataOptions.SOURCE, "shapes")
                .set(DataOptions.CLASSES, 10)
                .set(DataOptions.BATCH, 32);
        if (from != null) {
            builder.set(TransferOptions.INIT, from);
        }
        if (freezeUntil != null) {
            builder.set(TransferOptions.FREEZE_UNTIL, freezeUntil).set(TransferOptions.UNFREEZE_EVERY, unfreezeEvery);
        }
        return builder.build().get(OptimizerOptions.LEARNING_RATE);
    }
}
