package org.efficientnet4j.graph;

import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.core.Normalization;
import org.efficientnet4j.models.ModelCatalog;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.models.Variant;
import org.efficientnet4j.plan.Padding;
import org.efficientnet4j.scaling.ChannelRounding;
import org.efficientnet4j.scaling.CompoundScaling;
import org.efficientnet4j.spec.ArchitectureSpec;
import org.efficientnet4j.spec.BlockNotation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** Small networks with every block kind, and data for them. */
final class TestNetworks {
    static final int CLASSES = 3;

    /** Fused e1 with residual, fused e4 s2, MBConv e1 with squeeze-excite, MBConv e6 k5 s2, its residual repeat. */
    static final ModelDefinition EVERY_BLOCK = model(
            "every_block",
            "r1_k3_s1_e1_i4_o4_c1",
            "r1_k3_s2_e4_i4_o6_c1",
            "r1_k3_s1_e1_i6_o5_se0.5",
            "r2_k5_s2_e6_i5_o7_se0.25",
            "r1_k3_s1_e2_i7_o8");

    private TestNetworks() {}

    /** Every EfficientNet. */
    static List<ModelDefinition> published() {
        return ModelCatalog.variants().stream()
                .map(Variant::model)
                .filter(model -> model.family().startsWith("efficientnet"))
                .toList();
    }

    static ModelDefinition model(String name, String... blocks) {
        ArchitectureSpec spec = new ArchitectureSpec(4, BlockNotation.parse(4, List.of(blocks)), 10);
        return new ModelDefinition(
                name, spec, CompoundScaling.NONE, ChannelRounding.PLAIN, 32, 32, 0, Normalization.IMAGENET);
    }

    static GraphOptions.Builder options(Padding padding) {
        return GraphOptions.builder()
                .classes(CLASSES)
                .padding(padding)
                .dropout(0)
                .dropConnectRate(0)
                .updater(new Sgd(0.1))
                .dataType(DataType.DOUBLE)
                .kernels("portable")
                .seed(7);
    }

    static DataSet batch(DataType type, int examples, int height, int width) {
        Nd4j.getRandom().setSeed(11);
        INDArray images = Nd4j.randn(type, examples, 3, height, width);
        INDArray labels = Nd4j.zeros(type, examples, CLASSES);
        for (int example = 0; example < examples; example++) {
            labels.putScalar(example, example % CLASSES, 1);
        }
        return new DataSet(images, labels);
    }

    /** Batch norm's parameters and statistics away from ones and zeros, where mistakes hide. */
    static void unsettle(ComputationGraph network) {
        network.paramTable().forEach((name, values) -> {
            if (name.endsWith("_gamma") || name.endsWith("_var")) {
                values.assign(Nd4j.rand(values.dataType(), values.shape()).addi(0.5));
            } else if (!name.contains("_W")) {
                values.assign(Nd4j.randn(values.dataType(), values.shape()).muli(0.2));
            }
        });
    }
}
