package org.efficientnet4j.scaling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.models.EfficientNetVariant;
import org.efficientnet4j.scaling.ConvolutionPlan.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ScaledArchitectureTest {
    private static final ScaledArchitecture B0 =
            EfficientNetVariant.EFFICIENTNET_B0.definition().architecture();

    @ParameterizedTest
    @CsvSource({"16, 1.2, 24, 16", "32, 1.2, 40, 40", "1280, 1.1, 1408, 1408", "40, 4.3, 176, 176", "12, 1, 12, 12"})
    void roundsChannelsAsPublished(int channels, double width, int guarded, int plain) {
        assertEquals(guarded, ChannelRounding.GUARDED.round(channels, width));
        assertEquals(plain, ChannelRounding.PLAIN.round(channels, width));
    }

    @Test
    void buildsAnMbConvBlockFromItsInputChannels() {
        BlockPlan second = B0.blocks().get(2);
        assertEquals("stage2.block2", second.name());
        assertEquals(
                List.of(
                        new ConvolutionPlan("stage2.block2.expand", Role.EXPAND, 24, 144, 1, 1, true),
                        new ConvolutionPlan("stage2.block2.depthwise", Role.DEPTHWISE, 144, 144, 3, 1, true),
                        new SqueezeExcitePlan("stage2.block2.squeezeExcite", 144, 6),
                        new ConvolutionPlan("stage2.block2.project", Role.PROJECT, 144, 24, 1, 1, false)),
                second.layers());
        assertTrue(second.hasResidual());
    }

    @Test
    void leavesOutTheExpansionOfRatioOne() {
        assertEquals(
                "stage1.block1.depthwise", B0.blocks().get(0).layers().get(0).name());
        assertEquals(
                List.of(new ConvolutionPlan("stage1.block1.fused", Role.FUSED, 24, 24, 3, 1, true)),
                EfficientNetVariant.EFFICIENTNET_V2_S
                        .definition()
                        .architecture()
                        .blocks()
                        .get(0)
                        .layers());
    }

    @Test
    void namesTheFeatureMapOfEachStride() {
        assertEquals(
                Map.of(
                        2, "stage1.block1.project",
                        4, "stage2.block2.add",
                        8, "stage3.block2.add",
                        16, "stage5.block3.add",
                        32, "stage7.block1.project"),
                B0.featureMaps());
    }

    @Test
    void dropsBlocksMoreOftenTheDeeperTheyAre() {
        for (BlockPlan block : B0.blocks()) {
            double expected = block.hasResidual() ? 0.2 * block.index() / 16 : 0;
            assertEquals(expected, B0.dropConnectRate(block, 0.2), 1e-12, block.name());
        }
        assertEquals(0.2 * 2 / 16, B0.dropConnectRate(B0.blocks().get(2), 0.2), 1e-12);
    }

    @ParameterizedTest
    @EnumSource
    void namesEveryLayerOnce(EfficientNetVariant variant) {
        List<LayerPlan> layers = variant.definition().architecture().layers();
        assertEquals(
                layers.size(),
                new HashSet<>(layers.stream().map(LayerPlan::name).toList()).size());
    }

    @Test
    void scalesByTheCompoundRule() {
        CompoundScaling scaling = CompoundScaling.ofPhi(2, 1.2, 1.1, 1.15);
        assertEquals(1.44, scaling.depth(), 1e-12);
        assertEquals(1.21, scaling.width(), 1e-12);
        assertEquals(1.3225, scaling.resolution(), 1e-12);
        assertEquals(296, scaling.size(224));
        assertEquals(3, scaling.repeats(2));
    }

    @Test
    void refusesCoefficientsBelowOne() {
        InvalidInputException error =
                assertThrows(InvalidInputException.class, () -> CompoundScaling.ofPhi(1, 1.2, 0.9, 1.1));
        assertEquals("beta must be at least 1, found 0.9", error.getMessage());
    }

    @Test
    void growsCostWithTheSquareOfTheSizeButForTheFixedParts() {
        ModelCost small = ModelCost.of(B0, 10, 64);
        ModelCost large = ModelCost.of(B0, 10, 128);
        long fixed = 10 * 1280 + squeezeExciteMacs();
        assertEquals(4 * (small.macs() - fixed), large.macs() - fixed);
        assertEquals(small.trainableParameters(), large.trainableParameters());
    }

    /** By hand: a 32-pixel image leaves 1x1 maps after a stem and one block of each kind. */
    @Test
    void countsATinyNetworkByHand() {
        ConvolutionPlan stem = new ConvolutionPlan("stem", Role.STEM, 3, 4, 3, 2, true);
        BlockPlan block = new BlockPlan(
                1,
                1,
                0,
                false,
                List.of(
                        new ConvolutionPlan("d", Role.DEPTHWISE, 4, 4, 3, 1, true),
                        new SqueezeExcitePlan("s", 4, 1),
                        new ConvolutionPlan("p", Role.PROJECT, 4, 4, 1, 1, false)));
        ConvolutionPlan head = new ConvolutionPlan("head", Role.HEAD, 4, 8, 1, 1, true);
        ModelCost cost = ModelCost.of(new ScaledArchitecture(stem, List.of(block), head), 2, 4);
        assertEquals(
                (108 + 8) + (36 + 8) + (4 + 1 + 4 + 4) + (16 + 8) + (32 + 16) + (16 + 2), cost.trainableParameters());
        assertEquals(cost.trainableParameters() + 2 * (4 + 4 + 4 + 8), cost.totalParameters());
        assertEquals(108 * 4 + 36 * 4 + 8 + 16 * 4 + 32 * 4 + 16, cost.macs());
        assertEquals(4L * (2 * 16 + 2 * 16 + 16 + 2 * 16 + 16 + 2 * 32 + 8), cost.activationBytes());
    }

    @Test
    void refusesAnImageSmallerThanTheStride() {
        InvalidInputException error = assertThrows(InvalidInputException.class, () -> ModelCost.of(B0, 10, 31));
        assertTrue(error.getMessage().contains("32") && error.getMessage().contains("31"), error.getMessage());
    }

    private static long squeezeExciteMacs() {
        return B0.layers().stream()
                .filter(SqueezeExcitePlan.class::isInstance)
                .map(SqueezeExcitePlan.class::cast)
                .mapToLong(plan -> 2L * plan.channels() * plan.reducedChannels())
                .sum();
    }
}
