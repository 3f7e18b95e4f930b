package org.efficientnet4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.data.InvalidInputException;
import org.efficientnet4j.data.Normalization;
import org.efficientnet4j.evaluate.Preprocessing;
import org.efficientnet4j.graph.EfficientNetGraph;
import org.efficientnet4j.graph.GraphOptions;
import org.efficientnet4j.graph.layers.ActivationCheckpointing;
import org.efficientnet4j.kernels.KernelProviders;
import org.efficientnet4j.kernels.Padding;
import org.efficientnet4j.models.ModelCatalog;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.train.options.LearningRateShape;
import org.efficientnet4j.train.options.Optimizer;
import org.efficientnet4j.train.options.TrainingOptions;
import org.efficientnet4j.train.options.TrainingOptionsBuilder;
import org.efficientnet4j.train.options.TrainingOptionsFile;
import org.efficientnet4j.transfer.NetworkStages;
import org.efficientnet4j.weights.WeightExport;
import org.efficientnet4j.weights.names.WeightSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Trains small networks from trained ones; every kind of block, stochastic depth and dropout in them. */
class FineTuningTest {
    private static final String TINY = """
            name: tiny
            size: 32
            stem: 4
            blocks:
              - r2_k3_s1_e1_i4_o4_c1
              - r1_k3_s2_e2_i4_o8_se0.25
              - r2_k3_s1_e2_i8_o8_se0.25
            head: 16
            """;

    @TempDir
    Path folder;

    private String model;
    private Path init;
    private ComputationGraph trained;

    @BeforeEach
    void writeTrainedModel() throws IOException {
        model = Files.writeString(folder.resolve("tiny.yaml"), TINY).toString();
        init = folder.resolve("trained.zip");
        ModelDefinition definition = ModelCatalog.find(model);
        trained = EfficientNetGraph.create(
                definition,
                GraphOptions.builder(definition)
                        .classes(4)
                        .padding(Padding.SYMMETRIC)
                        .batchNormEpsilon(1e-5)
                        .seed(9)
                        .build());
        write(init, 3);
    }

    private void write(Path file, int channels) {
        ModelMetadata metadata = new ModelMetadata(
                model,
                List.of("a", "b", "c", "d"),
                channels,
                new Preprocessing(32, 1, Normalization.IMAGENET),
                Optional.empty());
        new ModelFile(trained, metadata).write(file);
    }

    private TrainingOptionsBuilder options() {
        return TrainingOptions.builder()
                .model(model)
                .source("shapes:60")
                .size(32)
                .batch(16)
                .epochs(2)
                .workers(1)
                .weightDecay(0.01)
                .dropConnectRate(0.5)
                .dropout(0.3)
                .learningRate(0.01)
                .init(init.toString());
    }

    private TrainingRun train(String name, TrainingOptionsBuilder builder) {
        ImageTraining training = ImageTraining.prepare(builder);
        TrainingRun run = TrainingRun.create(folder.resolve(name), training.options());
        training.trainer(run).train();
        return run;
    }

    private static Map<String, INDArray> parameters(Path modelFile) {
        return ModelFile.read(modelFile).graph().paramTable();
    }

    private boolean isFrozen(String parameter, int stages) {
        String layer = parameter.substring(0, parameter.lastIndexOf('_'));
        return NetworkStages.of(ModelCatalog.find(model).architecture()).indexOfLayer(layer) < stages;
    }

    private void assertFrozen(Map<String, INDArray> after, int stages) {
        Map<String, INDArray> before = trained.paramTable();
        after.forEach((key, values) -> {
            if (isFrozen(key, stages)) {
                assertEquals(before.get(key), values, key + " must stay, bit for bit");
            } else {
                assertNotEquals(before.get(key), values, key + " must learn");
            }
        });
    }

    @ParameterizedTest
    @CsvSource({"stem, 1", "stage1, 2", "stage2, 3", "head, 5"})
    void frozenParametersAndStatisticsStayBitForBit(String stage, int stages) {
        TrainingRun run = train(
                "run",
                options().freezeUntil(stage).averagingDecay(0.99).recalibrate(2).clipNorm(5));
        assertFrozen(parameters(run.modelFile()), stages);
        assertFrozen(parameters(run.lastCheckpoint()), stages);
    }

    /** While stages thaw, with everything that runs the network in between. */
    @Test
    void computingActivationsAgainChangesNothing() {
        Map<String, INDArray> kept = checkpointed(ActivationCheckpointing.OFF);
        assertEquals(kept, checkpointed(ActivationCheckpointing.CHEAP));
        assertEquals(kept, checkpointed(ActivationCheckpointing.BLOCKS));
    }

    private Map<String, INDArray> checkpointed(ActivationCheckpointing kind) {
        TrainingRun run = train(
                kind.name(),
                options()
                        .epochs(2)
                        .freezeUntil("stage1")
                        .unfreezeEvery(1)
                        .averagingDecay(0.9)
                        .recalibrate(2)
                        .checkpointActivations(kind));
        return parameters(run.modelFile());
    }

    @ParameterizedTest
    @EnumSource(Optimizer.class)
    void everyOptimizerLeavesTheFrozenPartAlone(Optimizer optimizer) {
        TrainingRun run = train("run", options().freezeUntil("stage2").optimizer(optimizer));
        assertFrozen(parameters(run.lastCheckpoint()), 3);
    }

    @Test
    void theModelFileAnswersWithTheWeightsItWasJudgedBy() {
        TrainingRun run = train("run", options().freezeUntil("stage2").averagingDecay(0.9));
        double recorded = ModelFile.readMetadata(run.modelFile())
                .provenance()
                .orElseThrow()
                .validationLoss();
        ImageTraining again =
                ImageTraining.prepare(options().freezeUntil("stage2").averagingDecay(0.9));
        assertEquals(recorded, again.judge(run, 0).result().loss(), 1e-6);
    }

    @Test
    void oneStageMoreLearnsEveryFewEpochs() throws IOException {
        TrainingRun run = train(
                "run",
                options().epochs(3).freezeUntil("stage2").unfreezeEvery(1).keepCheckpoints(3));
        assertFrozen(parameters(run.epochCheckpoint(1)), 3);
        assertFrozen(parameters(run.epochCheckpoint(2)), 2);
        assertFrozen(parameters(run.lastCheckpoint()), 1);
        String log = Files.readString(run.logFile());
        assertTrue(log.contains("From epoch 3 on: frozen until stem"), log);
    }

    static List<UnaryOperator<TrainingOptionsBuilder>> ways() {
        return List.of(
                builder -> builder.freezeUntil("stage2"),
                builder -> builder.freezeUntil("stage2").unfreezeEvery(1).layerLearningRateDecay(0.5),
                builder -> builder.freezeUntil("stage1").unfreezeEvery(2).optimizer(Optimizer.RMSPROP),
                builder -> builder.layerLearningRateDecay(0.5).optimizer(Optimizer.ADAMW));
    }

    /** Stopped after every step, so that an epoch's end, at which a stage thaws, is among the moments. */
    @ParameterizedTest
    @MethodSource("ways")
    void resumesBitForBitWithTheSameFreezing(UnaryOperator<TrainingOptionsBuilder> way) throws IOException {
        TrainingRun whole =
                train("whole", way.apply(options().source("shapes:40").epochs(3).averagingDecay(0.99)));
        ImageTraining training = ImageTraining.prepare(
                way.apply(options().source("shapes:40").epochs(3).averagingDecay(0.99)));
        TrainingRun stopped = TrainingRun.create(folder.resolve("stopped"), training.options());
        boolean ended = false;
        while (!ended) {
            Trainer trainer = training.trainer(stopped);
            trainer.listener(new ProgressListener() {
                @Override
                public void stepDone(StepProgress step) {
                    trainer.requestStop();
                }
            });
            ended = trainer.train().outcome() != TrainingResult.Outcome.INTERRUPTED;
            Files.deleteIfExists(init); // a resumed run goes by its checkpoint
            training = ImageTraining.prepare(TrainingOptionsFile.read(stopped.configFile()));
        }
        assertEquals(
                NetworkArchive.readGraph(whole.lastCheckpoint()).params(),
                NetworkArchive.readGraph(stopped.lastCheckpoint()).params());
        for (String entry : List.of("efficientnet4j-average.bin", "efficientnet4j-optimizer.bin")) {
            assertEquals(
                    NetworkArchive.readArray(whole.lastCheckpoint(), entry).orElseThrow(),
                    NetworkArchive.readArray(stopped.lastCheckpoint(), entry).orElseThrow(),
                    entry);
        }
        assertEquals(
                ModelFile.read(whole.modelFile()).graph().params(),
                ModelFile.read(stopped.modelFile()).graph().params());
    }

    @Test
    void earlierStagesLearnSlower() {
        // Adam's first step is the learning rate, whatever the gradient.
        TrainingRun run = train(
                "run",
                options()
                        .epochs(1)
                        .batch(48)
                        .weightDecay(0)
                        .layerLearningRateDecay(0.5)
                        .warmupEpochs(0)
                        .schedule(LearningRateShape.CONSTANT)
                        .learningRate(1e-3));
        Map<String, INDArray> after = parameters(run.lastCheckpoint());
        assertEquals(1e-3 / 2, moved(after, "head_W"), 2e-5);
        assertEquals(1e-3 / 4, moved(after, "stage3.block2.project_W"), 1e-5);
        assertEquals(1e-3 / 32, moved(after, "stem_W"), 1e-6);
    }

    private double moved(Map<String, INDArray> after, String key) {
        return after.get(key).sub(trained.paramTable().get(key)).amaxNumber().doubleValue();
    }

    @Test
    void startsFromAnotherLibrarysWeights() {
        Path weights = folder.resolve("tiny.safetensors");
        WeightExport.write(trained, ModelCatalog.find(model), WeightSource.TIMM, weights);
        TrainingRun run = train(
                "run",
                options().init(weights.toString()).initSource(WeightSource.TIMM).freezeUntil("head"));
        assertFrozen(parameters(run.modelFile()), 5);
    }

    @Test
    void downloadsTheWeightsOnceAndStartsFromThem() throws IOException {
        Path weights = folder.resolve("tiny.safetensors");
        WeightExport.write(trained, ModelCatalog.find(model), WeightSource.TORCHVISION, weights);
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
                TrainingRun run =
                        train(name, options().init(address).freezeUntil("head").epochs(1));
                assertFrozen(parameters(run.modelFile()), 5);
            }
            assertEquals(1, requests.get());
        } finally {
            System.setProperty("user.home", home);
            server.stop(0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"portable", "onednn", "onednn-vector"})
    void freezesUnderAnyKernels(String kernels) {
        assumeTrue(
                KernelProviders.all().stream()
                        .anyMatch(provider -> provider.name().equals(kernels)
                                && provider.unavailableBecause().isEmpty()),
                kernels + " cannot run here");
        String before = System.getProperty(KernelProviders.PROPERTY);
        System.setProperty(KernelProviders.PROPERTY, kernels);
        try {
            TrainingRun run = train("run", options().freezeUntil("stage2"));
            assertFrozen(parameters(run.lastCheckpoint()), 3);
        } finally {
            if (before == null) {
                System.clearProperty(KernelProviders.PROPERTY);
            } else {
                System.setProperty(KernelProviders.PROPERTY, before);
            }
        }
    }

    @Test
    void tellsWhereTheWeightsCameFromAndWhatLearnt() {
        TrainingRun run = train("run", options().freezeUntil("head").epochs(1));
        String start = ModelFile.readMetadata(run.modelFile())
                .provenance()
                .orElseThrow()
                .start();
        // 16 features to 10 classes, with biases.
        assertTrue(start.contains("frozen until head, 170 of "), start);
        assertTrue(start.contains(init + ", SHA-256 " + Pretrained.sha256(init)), start);
    }

    @Test
    void theDefaultRateIsATenthUnlessTheClassifierLearnsAlone() {
        TrainingOptionsBuilder plain = TinyTraining.options().learningRate(1);
        assertEquals(3e-4, rate(init.toString(), null, 0), 1e-12);
        assertEquals(3e-4, rate(init.toString(), "stage2", 0), 1e-12);
        assertEquals(3e-4, rate(init.toString(), "head", 1), 1e-12);
        assertEquals(3e-3, rate(init.toString(), "head", 0), 1e-12);
        assertEquals(3e-3, rate(null, null, 0), 1e-12);
        assertEquals(1, plain.init(init.toString()).build().optimizer().learningRate());
    }

    private double rate(String from, String freezeUntil, int unfreezeEvery) {
        TrainingOptionsBuilder builder = TrainingOptions.builder()
                .model(model)
                .source("shapes")
                .classes(10)
                .batch(32);
        if (from != null) {
            builder.init(from);
        }
        if (freezeUntil != null) {
            builder.freezeUntil(freezeUntil).unfreezeEvery(unfreezeEvery);
        }
        return builder.build().optimizer().learningRate();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "init: nowhere.zip # There is no model file nowhere.zip",
                "freezeUntil: stage1 # transfer.freezeUntil needs transfer.init",
                "init: TRAINED, unfreezeEvery: 2 # transfer.unfreezeEvery needs transfer.freezeUntil",
                "init: TRAINED, freezeUntil: stage9 # transfer.freezeUntil must be one of this model's stages, stem,"
                        + " stage1, stage2, stage3, head; found stage9",
                "init: TRAINED, layerLearningRateDecay: 0 # transfer.layerLearningRateDecay must lie in (0, 1], found 0.0",
                "init: TRAINED, freezeuntil: stem # the nearest known one is 'transfer.freezeUntil'",
                "init: TRAINED, source: theano # transfer.source must be one of torchvision, timm"
            })
    void refusesWhatMakesNoSense(String keys, String message) {
        String yaml = "model: " + model + "\ndata: {source: 'shapes:40', size: 32}\ntransfer: " + "{"
                + keys.replace("TRAINED", init.toString()) + "}";
        InvalidInputException error =
                assertThrows(InvalidInputException.class, () -> ImageTraining.prepare(TrainingOptionsFile.parse(yaml)));
        assertTrue(error.getMessage().contains(message), error.getMessage());
    }

    @Test
    void refusesWeightsOfAnotherModelAndOfOtherChannels() throws IOException {
        String other = Files.writeString(
                        folder.resolve("other.yaml"), TINY.replace("o8", "o12").replace("i8", "i12"))
                .toString();
        ImageTraining wrong = ImageTraining.prepare(options().model(other));
        InvalidInputException architecture = assertThrows(InvalidInputException.class, wrong::requireStart);
        assertTrue(architecture.getMessage().contains("are not a tiny's"), architecture.getMessage());
        write(init, 1);
        ImageTraining grey = ImageTraining.prepare(options());
        InvalidInputException channels = assertThrows(InvalidInputException.class, grey::requireStart);
        assertTrue(channels.getMessage().contains("must be trained on images of 3 channels"), channels.getMessage());
    }

    @Test
    void refusesAFileThatHasChangedSinceItsRunWasWrittenDown() {
        TrainingRun run = train("run", options().epochs(1));
        trained.params().addi(1);
        write(init, 3);
        ImageTraining again = ImageTraining.prepare(TrainingOptionsFile.read(run.configFile()));
        InvalidInputException error = assertThrows(InvalidInputException.class, again::requireStart);
        assertTrue(error.getMessage().contains("SHA-256"), error.getMessage());
    }
}
