package org.efficientnet4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.core.Normalization;
import org.efficientnet4j.core.Preprocessing;
import org.efficientnet4j.graph.GraphOptions;
import org.efficientnet4j.graph.NetworkGraph;
import org.efficientnet4j.model.ModelFile;
import org.efficientnet4j.model.ModelMetadata;
import org.efficientnet4j.models.ModelCatalog;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.plan.Padding;
import org.efficientnet4j.train.options.DataOptions;
import org.efficientnet4j.train.options.OptimizerOptions;
import org.efficientnet4j.train.options.RegularizationOptions;
import org.efficientnet4j.train.options.RunOptions;
import org.efficientnet4j.train.options.TrainingOptions;
import org.efficientnet4j.train.options.TrainingOptionsBuilder;
import org.efficientnet4j.train.options.TransferOptions;
import org.efficientnet4j.train.run.TrainingRun;
import org.efficientnet4j.transfer.NetworkStages;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A small trained network in a folder, and trainings that start from it: every kind of block, stochastic depth, dropout. */
public final class TinyFineTuning {
    static final String ARCHITECTURE = """
            name: tiny
            size: 32
            stem: 4
            blocks:
              - r2_k3_s1_e1_i4_o4_c1
              - r1_k3_s2_e2_i4_o8_se0.25
              - r2_k3_s1_e2_i8_o8_se0.25
            head: 16
            """;

    private final Path folder;
    private final String model;
    private final Path init;
    private final ComputationGraph trained;

    TinyFineTuning(Path folder) throws IOException {
        this.folder = folder;
        model = Files.writeString(folder.resolve("tiny.yaml"), ARCHITECTURE).toString();
        init = folder.resolve("trained.zip");
        ModelDefinition definition = ModelCatalog.find(model);
        trained = NetworkGraph.create(
                definition,
                GraphOptions.builder(definition)
                        .classes(4)
                        .padding(Padding.SYMMETRIC)
                        .batchNormEpsilon(1e-5)
                        .seed(9)
                        .build());
        writeTrained(3);
    }

    /** Writes the trained network's model file, as of images of so many channels. */
    void writeTrained(int channels) {
        ModelMetadata metadata = new ModelMetadata(
                ModelCatalog.find(model),
                List.of("a", "b", "c", "d"),
                channels,
                new Preprocessing(32, 1, Normalization.IMAGENET),
                Optional.empty());
        new ModelFile(trained, metadata).write(init);
    }

    /** The architecture's file. */
    String model() {
        return model;
    }

    /** The trained network's model file. */
    Path init() {
        return init;
    }

    ComputationGraph trained() {
        return trained;
    }

    TrainingOptionsBuilder options() {
        return TrainingOptions.builder()
                .set(RunOptions.MODEL, model)
                .set(DataOptions.SOURCE, "shapes:60")
                .set(DataOptions.SIZE, 32)
                .set(DataOptions.BATCH, 16)
                .set(RunOptions.EPOCHS, 2)
                .set(DataOptions.WORKERS, 1)
                .set(OptimizerOptions.WEIGHT_DECAY, 0.01)
                .set(RegularizationOptions.DROP_CONNECT_RATE, 0.5)
                .set(RegularizationOptions.DROPOUT, 0.3)
                .set(OptimizerOptions.LEARNING_RATE, 0.01)
                .set(TransferOptions.INIT, init.toString());
    }

    TrainingRun train(String name, TrainingOptionsBuilder builder) {
        ImageTraining training = ImageTraining.prepare(builder);
        TrainingRun run = TrainingRun.create(folder.resolve(name), training.options());
        training.trainer(run).train();
        return run;
    }

    public static Map<String, INDArray> parameters(Path modelFile) {
        return ModelFile.read(modelFile).graph().paramTable();
    }

    /** Checks that the first stages' parameters are the trained network's and all others are not. */
    void assertFrozen(Map<String, INDArray> after, int stages) {
        Map<String, INDArray> before = trained.paramTable();
        after.forEach((key, values) -> {
            if (isFrozen(key, stages)) {
                assertEquals(before.get(key), values, key + " must stay, bit for bit");
            } else {
                assertNotEquals(before.get(key), values, key + " must learn");
            }
        });
    }

    private boolean isFrozen(String parameter, int stages) {
        String layer = parameter.substring(0, parameter.lastIndexOf('_'));
        return NetworkStages.of(ModelCatalog.find(model).plan()).indexOfLayer(layer) < stages;
    }
}
