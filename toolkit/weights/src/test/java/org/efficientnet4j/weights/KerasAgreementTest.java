package org.efficientnet4j.weights;

import java.io.IOException;
import java.net.URISyntaxException;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.core.Normalization;
import org.efficientnet4j.graph.GraphOptions;
import org.efficientnet4j.graph.Logits;
import org.efficientnet4j.models.ModelCatalog;
import org.efficientnet4j.weights.names.WeightSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Holds our networks against Keras's as {@code reference/export_keras.py} works them out from pixels on, in the folders it
 * writes: the two tiny ones of the repository, and all those below {@code -Defficientnet4j.keras=DIR}
 * ({@code toolkit/compare-with-keras} makes them).
 */
class KerasAgreementTest {
    static Stream<Arguments> files() throws IOException, URISyntaxException {
        return ReferenceCase.in("/keras", "efficientnet4j.keras")
                .flatMap(reference -> Stream.of(reference.description().get("weights"))
                        .flatMap(names -> Stream.iterate(0, i -> i < names.size(), i -> i + 1)
                                .map(i -> names.get(i).asText()))
                        .map(name -> Arguments.of(reference, name)));
    }

    @ParameterizedTest
    @MethodSource("files")
    void computesLogitsOfKerasFromPixels(ReferenceCase reference, String weights) {
        WeightImport weightImport =
                new WeightImport(reference.model(), ModelCatalog.find(reference.model()), WeightSource.KERAS);
        ComputationGraph network;
        Normalization normalization;
        try (TensorFile file = WeightFiles.open(reference.file(weights))) {
            GraphOptions options =
                    weightImport.options(weightImport.classesOf(file)).build();
            network = weightImport.read(file, options);
            normalization = weightImport.normalization(file);
        }
        INDArray images = normalized(reference.array("input.npy"), normalization);
        ReferenceCase.assertClose(
                reference.array("logits.npy"), Logits.of(network, images), 1e-4, 0, "logits by " + weights);
    }

    private static INDArray normalized(INDArray pixels, Normalization normalization) {
        INDArray mean = Nd4j.createFromArray(normalization.mean().toArray(Float[]::new));
        INDArray std = Nd4j.createFromArray(normalization.std().toArray(Float[]::new));
        return pixels.sub(mean.reshape(1, 3, 1, 1)).divi(std.reshape(1, 3, 1, 1));
    }
}
