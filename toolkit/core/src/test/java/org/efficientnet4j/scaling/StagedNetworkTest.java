package org.efficientnet4j.scaling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.models.ModelCatalog;
import org.efficientnet4j.plan.Activation;
import org.efficientnet4j.plan.Block;
import org.efficientnet4j.plan.NetworkPlan;
import org.efficientnet4j.plan.Node;
import org.efficientnet4j.plan.Operation;
import org.efficientnet4j.plan.Operation.Convolution;
import org.efficientnet4j.plan.Padding;
import org.efficientnet4j.plan.PlanSettings;
import org.efficientnet4j.plan.Section;
import org.efficientnet4j.spec.ArchitectureSpec;
import org.efficientnet4j.spec.BlockNotation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StagedNetworkTest {
    private static final NetworkPlan B0 = ModelCatalog.find("efficientnet_b0").plan();

    @ParameterizedTest
    @CsvSource({"16, 1.2, 24, 16", "32, 1.2, 40, 40", "1280, 1.1, 1408, 1408", "40, 4.3, 176, 176", "12, 1, 12, 12"})
    void roundsChannelsAsPublished(int channels, double width, int guarded, int plain) {
        assertEquals(guarded, ChannelRounding.GUARDED.round(channels, width));
        assertEquals(plain, ChannelRounding.PLAIN.round(channels, width));
    }

    @Test
    void buildsAnMbConvBlockFromItsInputChannels() {
        Block second = B0.blocks().get(3);
        assertEquals("stage2.block2", second.name());
        Activation swish = Activation.SWISH;
        assertEquals(
                List.of(
                        new Convolution(24, 144, 1, 1, Padding.SAME, 1, true, swish),
                        new Convolution(144, 144, 3, 1, Padding.SAME, 144, true, swish),
                        new Operation.SqueezeExcite(144, 6, swish, Activation.SIGMOID),
                        new Convolution(144, 24, 1, 1, Padding.SAME, 1, true, Activation.NONE),
                        new Operation.Add(2 / 16.0, Activation.NONE)),
                second.nodes().stream().map(Node::operation).toList());
        assertEquals(
                List.of("stage2.block2.project", "stage2.block1.project"),
                second.last().inputs());
    }

    @Test
    void leavesOutTheExpansionOfRatioOne() {
        assertEquals(
                "stage1.block1.depthwise", B0.blocks().get(1).nodes().get(0).name());
        Block fused = ModelCatalog.find("efficientnet_v2_s").plan().blocks().get(1);
        assertEquals(
                List.of("stage1.block1.fused", "stage1.block1.add"),
                fused.nodes().stream().map(Node::name).toList());
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
    void keepsTheEndsOfAMobileNetworkUnscaled() {
        List<String> blocks = List.of("r1_k3_s1_e1_i32_o16", "r2_k3_s2_e6_i16_o24", "r1_k3_s1_e6_i24_o40");
        ArchitectureSpec spec = new ArchitectureSpec(32, BlockNotation.parse(32, blocks), 1280);
        CompoundScaling doubled = new CompoundScaling(2, 2, 1);
        NetworkPlan plan = new StagedNetwork(spec, doubled, ChannelRounding.GUARDED, true).plan(0);
        assertEquals(32, plan.channels().get("stem"));
        assertEquals(1280, plan.channels().get("head"));
        assertEquals(
                List.of(1, 4, 1),
                plan.sections(Section.Kind.BODY).stream()
                        .map(section -> section.blocks().size())
                        .toList());
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
        NetworkPlan plan = B0.with(PlanSettings.classes(10));
        ModelCost small = ModelCost.of(plan, 64);
        ModelCost large = ModelCost.of(plan, 128);
        long fixed = 10 * 1280
                + plan.nodes().stream()
                        .map(Node::operation)
                        .filter(Operation.SqueezeExcite.class::isInstance)
                        .map(Operation.SqueezeExcite.class::cast)
                        .mapToLong(gate -> 2L * gate.channels() * gate.reducedChannels())
                        .sum();
        assertEquals(4 * (small.macs() - fixed), large.macs() - fixed);
        assertEquals(small.trainableParameters(), large.trainableParameters());
    }

    /** By hand: stem of 4 channels, one block, head of 8; 4-pixel images give 2 x 2 maps. */
    @Test
    void countsATinyNetworkByHand() {
        ArchitectureSpec spec = new ArchitectureSpec(4, BlockNotation.parse(4, List.of("r1_k3_s1_e1_i4_o4_se0.25")), 8);
        NetworkPlan plan = new StagedNetwork(spec, CompoundScaling.NONE, ChannelRounding.PLAIN, false)
                .plan(0)
                .with(PlanSettings.classes(2));
        ModelCost cost = ModelCost.of(plan, 4);
        assertEquals(
                (108 + 8) + (36 + 8) + (4 + 1 + 4 + 4) + (16 + 8) + (32 + 16) + (16 + 2), cost.trainableParameters());
        assertEquals(cost.trainableParameters() + 2 * (4 + 4 + 4 + 8), cost.totalParameters());
        assertEquals(108 * 4 + 36 * 4 + 8 + 16 * 4 + 32 * 4 + 16, cost.macs());
        assertEquals(4L * (2 * 16 + 2 * 16 + 16 + 2 * 16 + 16 + 2 * 32 + 8), cost.activationBytes());
    }

    @Test
    void refusesAnImageSmallerThanTheStride() {
        InvalidInputException error = assertThrows(InvalidInputException.class, () -> ModelCost.of(B0, 31));
        assertTrue(error.getMessage().contains("32") && error.getMessage().contains("31"), error.getMessage());
    }
}
