package org.efficientnet4j.transfer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.Normalization;
import org.efficientnet4j.graph.GraphOptions;
import org.efficientnet4j.graph.NetworkGraph;
import org.efficientnet4j.graph.Subgraph;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.plan.Padding;
import org.efficientnet4j.scaling.ChannelRounding;
import org.efficientnet4j.scaling.CompoundScaling;
import org.efficientnet4j.spec.ArchitectureSpec;
import org.efficientnet4j.spec.BlockNotation;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class TransferLearningTest {
    private static final ModelDefinition MODEL = model("r2_k3_s2_e2_i4_o8_se0.25");
    private static final String POOLED = "head.pool";

    private final ComputationGraph trained = NetworkGraph.create(
            MODEL,
            GraphOptions.builder(MODEL)
                    .classes(7)
                    .padding(Padding.SYMMETRIC)
                    .batchNormEpsilon(1e-5)
                    .seed(3)
                    .build());
    private final TransferLearning transfer = new TransferLearning(trained, MODEL);

    @Test
    void copiesEverythingButTheClassifier() {
        ComputationGraph network =
                transfer.network(transfer.options().classes(2).seed(4).build());
        INDArray images = Nd4j.randn(DataType.FLOAT, 2, 3, 32, 32);
        assertEquals(pooled(trained, images), pooled(network, images), "padding and epsilon are taken over too");
        assertArrayEquals(new long[] {2, 2}, network.outputSingle(images).shape());
        INDArray weights = network.getParam("classifier_W");
        assertTrue(weights.std(true).getDouble(0) > 0, "the classifier starts random");
    }

    @Test
    void drawsTheClassifierAnewWhateverItsSize() {
        ComputationGraph network =
                transfer.network(transfer.options().classes(7).seed(4).build());
        assertNotEquals(trained.getParam("classifier_W"), network.getParam("classifier_W"));
    }

    /** timm: a grey image gives what it gives as three equal channels. */
    @Test
    void sumsTheChannelsForGreyImages() {
        ComputationGraph grey = transfer.network(transfer.options().classes(2).build(), 1);
        INDArray images = Nd4j.randn(DataType.FLOAT, 2, 1, 32, 32);
        INDArray repeated = Nd4j.concat(1, images, images, images);
        assertClose(pooled(trained, repeated), pooled(grey, images));
    }

    /** timm: [r, g, b, r, g] * 3 / 5. */
    @Test
    void repeatsTheChannelsForMore() {
        ComputationGraph network =
                transfer.network(transfer.options().classes(2).build(), 5);
        INDArray weights = trained.getParam("stem_W");
        INDArray adapted = network.getParam("stem_W");
        assertArrayEquals(new long[] {4, 5, 3, 3}, adapted.shape());
        for (int channel = 0; channel < 5; channel++) {
            assertEquals(weights.getDouble(2, channel % 3, 1, 0) * 3 / 5, adapted.getDouble(2, channel, 1, 0), 1e-7);
        }
    }

    @Test
    void namesWhatDoesNotFit() {
        TransferLearning other = new TransferLearning(trained, model("r2_k3_s2_e2_i4_o16_se0.25"));
        InvalidInputException error = assertThrows(
                InvalidInputException.class,
                () -> other.network(other.options().classes(2).build()));
        assertTrue(
                error.getMessage().contains("stage1.block1.project_W must be [16, 8, 1, 1] and is [8, 8, 1, 1]"),
                error.getMessage());
        TransferLearning longer = new TransferLearning(trained, model("r3_k3_s2_e2_i4_o8_se0.25"));
        InvalidInputException missing = assertThrows(
                InvalidInputException.class,
                () -> longer.network(longer.options().classes(2).build()));
        assertTrue(
                missing.getMessage().contains("stage1.block3.expand_W must be [16, 8, 1, 1] and is missing"),
                missing.getMessage());
    }

    @Test
    void namesStagesInOrder() {
        NetworkStages stages = NetworkStages.of(
                model("r2_k3_s2_e2_i4_o8_se0.25", "r1_k3_s2_e2_i8_o8").plan());
        assertEquals(List.of("stem", "stage1", "stage2", "head"), stages.names());
        assertEquals(
                List.of("stem", "stage1.block2.add", "stage2.block1.project", POOLED),
                stages.stages().stream().map(stage -> stage.last().name()).toList());
        assertEquals(1, stages.indexOfLayer("stage1.block2.squeezeExcite"));
        assertEquals(4, stages.indexOfLayer("classifier"));
        InvalidInputException error =
                assertThrows(InvalidInputException.class, () -> stages.index("transfer.freezeUntil", "stage5"));
        assertTrue(error.getMessage().contains("stem, stage1, stage2, head"), error.getMessage());
    }

    @Test
    void countsTheParametersOfAllStages() {
        ModelDefinition model = model("r2_k3_s2_e2_i4_o8_se0.25", "r1_k3_s2_e2_i8_o8");
        NetworkStages stages = NetworkStages.of(model.plan());
        long classifierOfOne = 16 + 1;
        assertEquals(
                model.cost(1).trainableParameters() - classifierOfOne,
                stages.trainableParameters(stages.names().size()));
    }

    private static INDArray pooled(ComputationGraph network, INDArray images) {
        return Subgraph.upTo(network, List.of(POOLED)).outputSingle(images);
    }

    private static void assertClose(INDArray expected, INDArray actual) {
        double scale = expected.amaxNumber().doubleValue();
        assertEquals(0, expected.sub(actual).amaxNumber().doubleValue() / scale, 1e-5);
    }

    private static ModelDefinition model(String... blocks) {
        ArchitectureSpec spec = new ArchitectureSpec(4, BlockNotation.parse(4, List.of(blocks)), 16);
        return new ModelDefinition(
                "small", spec, CompoundScaling.NONE, ChannelRounding.PLAIN, 32, 32, 0, Normalization.IMAGENET);
    }
}
