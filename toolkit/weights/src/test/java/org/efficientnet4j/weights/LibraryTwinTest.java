package org.efficientnet4j.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.graph.GraphOptions;
import org.efficientnet4j.graph.NetworkGraph;
import org.efficientnet4j.model.TinyModel;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.plan.Padding;
import org.efficientnet4j.weights.names.WeightSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exports weights for networks that compute the same, and for no other. */
class LibraryTwinTest {
    private final ModelDefinition tiny = TinyModel.definition();

    @TempDir
    Path folder;

    @Test
    void refusesTorchvisionForSamePadding() {
        Path file = folder.resolve("same.safetensors");
        ComputationGraph network = network(Padding.SAME, 1e-3);
        String message = assertThrows(
                        InvalidInputException.class,
                        () -> WeightExport.write(network, tiny, WeightSource.TORCHVISION, file))
                .getMessage();
        assertTrue(message.contains("must be SYMMETRIC for torchvision, found SAME"), message);
        assertTrue(message.contains("--names timm"), message);
        assertFalse(Files.exists(file));
    }

    @Test
    void namesTheTwinAndItsSetting() {
        assertEquals(
                new LibraryTwin("tf_tiny-v1", Optional.of(1e-3), ""), export(Padding.SAME, 1e-3, WeightSource.TIMM));
        assertEquals(
                new LibraryTwin("tf_tiny-v1", Optional.of(1e-5), "bn_eps=1.0E-5"),
                export(Padding.SAME, 1e-5, WeightSource.TIMM));
        assertEquals(
                new LibraryTwin("tiny-v1", Optional.of(1e-5), ""), export(Padding.SYMMETRIC, 1e-5, WeightSource.TIMM));
        assertEquals(
                new LibraryTwin(
                        "tiny-v1", Optional.of(1e-5), "norm_layer=functools.partial(torch.nn.BatchNorm2d, eps=1.0E-5)"),
                export(Padding.SYMMETRIC, 1e-5, WeightSource.TORCHVISION));
    }

    @Test
    void refusesWeightsThatAreNoNumbers() {
        ComputationGraph network = network(Padding.SYMMETRIC, 1e-3);
        network.getParam("stem_W").putScalar(0, Float.NaN);
        Path file = folder.resolve("nan.safetensors");
        String message = assertThrows(
                        InvalidInputException.class, () -> WeightExport.write(network, tiny, WeightSource.TIMM, file))
                .getMessage();
        assertTrue(message.contains("found NaN at element 0 of stem_W"), message);
        assertFalse(Files.exists(file));
    }

    private LibraryTwin export(Padding padding, double epsilon, WeightSource library) {
        return WeightExport.write(network(padding, epsilon), tiny, library, folder.resolve("out.safetensors"));
    }

    private ComputationGraph network(Padding padding, double epsilon) {
        return NetworkGraph.create(
                tiny,
                GraphOptions.builder(tiny)
                        .classes(3)
                        .padding(padding)
                        .batchNormEpsilon(epsilon)
                        .seed(1)
                        .build());
    }
}
