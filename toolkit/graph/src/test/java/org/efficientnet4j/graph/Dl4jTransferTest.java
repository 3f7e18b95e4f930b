package org.efficientnet4j.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.efficientnet4j.models.ArchitectureFile;
import org.efficientnet4j.models.ModelDefinition;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** DL4J's own transfer learning hands each layer its parameters as one flat vector. */
class Dl4jTransferTest {
    private static final ModelDefinition MODEL = ArchitectureFile.parse("""
            name: every-block
            size: 32
            stem: 8
            blocks:
              - r1_k3_s1_e1_i8_o8_c1
              - r1_k3_s2_e2_i8_o16_c1
              - r2_k5_s2_e4_i16_o24_se0.25
            head: 40
            """);

    private static ComputationGraph transferred(ComputationGraph trained) {
        return new TransferLearning.GraphBuilder(trained)
                .fineTuneConfiguration(new FineTuneConfiguration.Builder()
                        .updater(new Adam(0.01))
                        .build())
                .setFeatureExtractor("head.pool")
                .removeVertexAndConnections("classifier")
                .addLayer(
                        "classifier",
                        new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
                                .nIn(40)
                                .nOut(3)
                                .activation(Activation.SOFTMAX)
                                .build(),
                        "head.pool")
                .setOutputs("classifier")
                .build();
    }

    private static INDArray features(ComputationGraph network, INDArray images) {
        return network.feedForward(images, false).get("head.pool").dup();
    }

    @Test
    void aFrozenBackboneKeepsItsWeightsAndItsFeatures() {
        ComputationGraph trained = NetworkGraph.create(
                MODEL, GraphOptions.builder(MODEL).classes(5).seed(2).build());
        INDArray images = Nd4j.randn(DataType.FLOAT, 4, 3, 32, 32);
        INDArray before = features(trained, images);

        ComputationGraph network = transferred(trained);
        trained.paramTable().forEach((name, values) -> {
            if (!name.startsWith("classifier")) {
                assertEquals(values, network.getParam(name), name);
            }
        });
        assertEquals(before, features(network, images));

        INDArray labels = Nd4j.create(new float[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {1, 0, 0}});
        network.fit(new DataSet(images, labels));
        assertEquals(before, features(network, images), "bit for bit after a step");
        assertEquals(trained.getParam("stem_mean"), network.getParam("stem_mean"), "batch norm's statistics, too");
    }
}
