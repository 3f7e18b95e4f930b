package org.efficientnet4j.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.models.ModelCatalog;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.plan.Section;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The two largest variants with their parameters, where memory allows. */
class LargeVariantTest {
    @ParameterizedTest
    @ValueSource(strings = {"efficientnet_v2_xl", "efficientnet_l2"})
    void holdsItsParameters(String variant) {
        ModelDefinition model = ModelCatalog.find(variant);
        long parameters = model.cost(1000).totalParameters();
        long needed = 2 * Float.BYTES * parameters;
        assumeTrue(
                Pointer.maxBytes() >= needed && Pointer.maxPhysicalBytes() >= needed + (1L << 30),
                () -> variant + " needs " + needed / (1 << 20) + " MiB off the heap");
        ComputationGraph network = new ComputationGraph(NetworkGraph.configuration(
                model.plan(), GraphOptions.builder(model).build()));
        network.init();
        INDArray flat = network.params();
        assertEquals(parameters, flat.length());
        assertEquals(blocks(model), blocks(network));
        flat.close();
    }

    private static long blocks(ModelDefinition model) {
        return model.plan().sections(Section.Kind.BODY).stream()
                .mapToLong(section -> section.blocks().size())
                .sum();
    }

    private static long blocks(ComputationGraph network) {
        return network.getConfiguration().getVertices().keySet().stream()
                .filter(name -> name.endsWith(".project") || name.endsWith(".fused"))
                .map(name -> name.substring(0, name.lastIndexOf('.')))
                .distinct()
                .count();
    }
}
