package org.efficientnet4j.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.models.ModelCatalog;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.models.ModelText;
import org.efficientnet4j.models.Variant;
import org.efficientnet4j.plan.Operation.Pooling;
import org.efficientnet4j.plan.PlanBuilder.Layer;
import org.efficientnet4j.plan.Section.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class NetworkPlanTest {
    /** A network with every kind of node. */
    private static NetworkPlan everyOperation() {
        PlanBuilder plan = new PlanBuilder(3);
        plan.section("stem", Kind.STEM, "convolution").block("stem");
        Layer first =
                Layer.of(8, 7).stride(2).padding(Padding.fixed(3)).bias(false).then(Activation.RELU);
        String stem = plan.convolution("", NetworkPlan.INPUT, first);
        plan.section("stage1", Kind.BODY, "branches").block("stage1.block1");
        String pooled = plan.pooling("pool", stem, new Pooling(Pooling.Kind.MAX, 3, 2, 1, true));
        String left = plan.convolution("left", pooled, Layer.of(8, 3).then(Activation.RELU6));
        String right = plan.depthwise("right", pooled, Layer.of(8, 5));
        String sum = plan.add("add", left, right, 0, Activation.RELU);
        String both = plan.concatenation("concat", List.of(sum, pooled));
        String gated = plan.squeezeExcite("squeezeExcite", both, 4, Activation.SWISH);
        String map = plan.normalization("norm", gated, new Operation.LocalResponseNormalization(5, 1e-4, .75, 1));
        plan.section("head", Kind.HEAD, "dense").block("head");
        String fixed = plan.adaptivePooling("pool", map, 3, 2);
        String flat = plan.flatten("flatten", fixed);
        String hidden = plan.dense("dense", flat, 10, Activation.RELU);
        plan.section("classifier", Kind.CLASSIFIER, "dense").block("classifier");
        plan.dense("", plan.dropout("dropout", hidden, 0.5), 1000, Activation.NONE);
        return plan.build();
    }

    @Test
    void infersShapesOfEveryOperation() {
        Map<String, Shape> shapes = everyOperation().shapes(33, 20);
        assertEquals(Shape.map(8, 17, 10), shapes.get("stem"));
        assertEquals(Shape.map(8, 9, 6), shapes.get("stage1.block1.pool"));
        assertEquals(Shape.map(16, 9, 6), shapes.get("stage1.block1.norm"));
        assertEquals(Shape.vector(16 * 6), shapes.get("head.flatten"));
        assertEquals(Shape.vector(1000), shapes.get("classifier"));
        assertEquals(4, everyOperation().stride());
    }

    /** Source: PyTorch's {@code pooling_output_shape}, by hand. */
    @ParameterizedTest
    @CsvSource({
        "112, 3, 2, 1, false, 56",
        "112, 3, 2, 0, true, 56",
        "55, 3, 2, 0, false, 27",
        "14, 2, 2, 0, true, 7",
        "15, 2, 2, 0, true, 8",
        "7, 3, 2, 1, true, 4",
        "4, 2, 3, 1, true, 2",
        "2, 3, 1, 0, false, 0",
    })
    void roundsPooledSizesAsPyTorch(int size, int kernel, int stride, int padding, boolean ceil, int expected) {
        assertEquals(expected, new Pooling(Pooling.Kind.MAX, kernel, stride, padding, ceil).outputSize(size));
    }

    @Test
    void namesBothLayersWhoseChannelsDoNotFit() {
        Node first = new Node(
                "a",
                "a",
                new Operation.Convolution(3, 8, 3, 1, Padding.SAME, 1, true, Activation.NONE),
                List.of(NetworkPlan.INPUT));
        Node second = new Node(
                "b", "b", new Operation.Convolution(9, 8, 3, 1, Padding.SAME, 1, true, Activation.NONE), List.of("a"));
        Section section =
                new Section("stem", Kind.STEM, "convolution", List.of(new Block("stem", List.of(first, second))));
        InvalidInputException error =
                assertThrows(InvalidInputException.class, () -> new NetworkPlan(3, List.of(section)));
        assertEquals("Node b must read a map of 9 channels, found a map of 8 channels from a", error.getMessage());
    }

    @Test
    void namesTheLayerThatAnImageIsTooSmallFor() {
        PlanBuilder plan = new PlanBuilder(1);
        plan.section("stem", Kind.STEM, "convolution").block("stem");
        String conv = plan.convolution("conv", NetworkPlan.INPUT, Layer.of(6, 5).padding(Padding.NONE));
        plan.pooling("pool", conv, new Pooling(Pooling.Kind.MAX, 2, 2, 0, false));
        NetworkPlan network = plan.build();
        InvalidInputException error = assertThrows(InvalidInputException.class, () -> network.shapes(5, 9));
        assertEquals(
                "Images must be large enough for every layer, found 5 x 9 pixels: stem.pool cannot work on the"
                        + " [6, 1, 5] of stem.conv",
                error.getMessage());
    }

    @Test
    void fitsAnotherNumberOfClassesChannelsAndPadding() {
        NetworkPlan plan =
                ModelCatalog.find("efficientnet_b0").plan(new PlanSettings(1, 7, Optional.of(Padding.SYMMETRIC)));
        assertEquals(7, plan.classes());
        assertEquals(1, plan.inputChannels());
        assertEquals(Padding.SYMMETRIC, plan.padding().orElseThrow());
        Operation stem = plan.node("stem").operation();
        assertEquals(1, ((Operation.Convolution) stem).inChannels());
        assertEquals(0, everyOperation().with(PlanSettings.classes(0)).classes());
    }

    @ParameterizedTest
    @MethodSource("models")
    void comesBackFromItsDescription(ModelDefinition model) {
        String text = ModelText.write(model);
        ModelDefinition read = ModelText.read(text);
        assertEquals(model.plan(), read.plan());
        assertEquals(text, ModelText.write(read));
    }

    static List<ModelDefinition> models() {
        return ModelCatalog.variants().stream().map(Variant::model).toList();
    }

    @Test
    void refusesADamagedDescription() {
        String text = ModelText.write(ModelCatalog.find("efficientnet_b0"));
        String cut = text.substring(0, text.length() / 2);
        for (String damaged : List.of("", "[]", cut, text.replace("\"kernel\":5", "\"kernel\":-5"))) {
            assertThrows(InvalidInputException.class, () -> ModelText.read(damaged));
        }
    }
}
