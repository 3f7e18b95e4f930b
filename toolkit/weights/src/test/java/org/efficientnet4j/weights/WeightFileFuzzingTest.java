package org.efficientnet4j.weights;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.fuzzing.Damage;
import org.efficientnet4j.fuzzing.Fuzzing;
import org.efficientnet4j.fuzzing.Target;
import org.efficientnet4j.model.FuzzedModelFiles;
import org.efficientnet4j.models.ModelCatalog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Some damaged files at each build; {@code toolkit/fuzz-weights [COUNT [SEED]]} reads many. */
class WeightFileFuzzingTest {
    private static final List<String> WEIGHTS = List.of(
            "/torchvision/tiny-v1/weights.safetensors",
            "/torch/kinds.pth",
            "/torch/protocol4.pth",
            "/torch/checkpoint.pth",
            "/torch/state.pth",
            "/torch/legacy.pth",
            "/torch/trainings/timm.pth.tar",
            "/torch/trainings/timm-legacy.pth.tar",
            "/torch/trainings/lightning.ckpt",
            "/torch/trainings/tutorial.bin",
            "/torch/trainings/modules.pt",
            "/keras/kinds.h5",
            "/keras/tiny-v1/whole.h5",
            "/keras/tiny-v1/counted.weights.h5",
            "/keras/tiny-v2/named.weights.h5");

    @TempDir
    Path folder;

    @Test
    void everyDamagedWeightFileIsLoadedOrRefused() throws IOException, URISyntaxException {
        Damage damage = new Damage(Fuzzing.seed());
        List<Target> targets = new ArrayList<>();
        for (String name : WEIGHTS) {
            String ending = name.substring(name.lastIndexOf('.'));
            targets.add(new Target(
                    "damaged" + ending, content(name), damage::damaged, WeightFileFuzzingTest::open, 8L << 20));
        }
        assertTrue(Fuzzing.run("weight files", folder, targets, 3000).isTelling());
    }

    /** Making a network costs more than reading weights: fewer of these in each build. */
    @Test
    void everyDamagedModelFileIsLoadedOrRefused() throws IOException {
        List<Target> targets = FuzzedModelFiles.models(folder, new Damage(Fuzzing.seed())::damaged);
        assertTrue(Fuzzing.run("model files", folder, targets, 150).isTelling());
    }

    @Test
    void everyDamagedCheckpointIsLoadedOrRefused() throws IOException {
        List<Target> targets = FuzzedModelFiles.checkpoints(folder, new Damage(Fuzzing.seed())::damaged);
        assertTrue(Fuzzing.run("checkpoints", folder, targets, 150).isTelling());
    }

    @Test
    void everyDamagedArchitectureIsLoadedOrRefused() throws IOException, URISyntaxException {
        Damage damage = new Damage(Fuzzing.seed());
        List<Target> targets = new ArrayList<>();
        for (String name : List.of("/torchvision/tiny-v1/tiny-v1.yaml", "/torchvision/tiny-v2/tiny-v2.yaml")) {
            targets.add(new Target(
                    "damaged.yaml",
                    content(name),
                    damage::damagedText,
                    file -> ModelCatalog.find(file.toString()).cost(10),
                    64L << 20));
        }
        assertTrue(Fuzzing.run("architectures", folder, targets, 3000).isTelling());
    }

    private static byte[] content(String name) throws IOException, URISyntaxException {
        return Files.readAllBytes(Path.of(Objects.requireNonNull(WeightFileFuzzingTest.class.getResource(name), name)
                .toURI()));
    }

    private static void open(Path file) {
        try (TensorFile tensors = WeightFiles.open(file)) {
            for (TensorInfo tensor : tensors.tensors()) {
                readOne(tensors, tensor);
            }
        }
    }

    // A tensor may be refused by itself, such as one of whole numbers.
    private static void readOne(TensorFile tensors, TensorInfo tensor) {
        try {
            if (tensors.read(tensor.name()).length != tensor.elements()) {
                throw new IllegalStateException("Tensor " + tensor + " came with another number of elements");
            }
        } catch (InvalidInputException refused) {
            Objects.requireNonNull(refused.getMessage());
        }
    }
}
