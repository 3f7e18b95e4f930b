package org.efficientnet4j.train.progressive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.models.ModelCatalog;
import org.efficientnet4j.train.progressive.ProgressiveSchedule.Division;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressiveScheduleTest {
    private static final double DROP_CONNECT = 0.2;

    /** Sizes of Algorithm 1 between table 6's ends; its other columns at the ends. */
    @ParameterizedTest
    @CsvSource({
        "efficientnet_v2_s, 128 185 243 300, 5, 15, 0,   .1, .3",
        "efficientnet_v2_m, 128 212 296 380, 5, 20, 0.2, .1, .4",
        "efficientnet_v2_l, 128 212 296 380, 5, 25, 0.5, .1, .5",
    })
    void paperStagesAreAlgorithmOneOverTableSix(
            String model,
            String sizes,
            double magnitude,
            double mostMagnitude,
            double mixup,
            double dropout,
            double most) {
        List<ProgressiveStage> stages = paper(model, 4, 350).stages();
        assertEquals(sizes, sizes(stages));
        assertEquals(
                List.of(87, 88, 87, 88),
                stages.stream().map(ProgressiveStage::epochs).toList());
        for (int i = 0; i < 4; i++) {
            Strengths found = stages.get(i).strengths();
            assertEquals(magnitude + (mostMagnitude - magnitude) * i / 3, found.randAugment(), 1e-9);
            assertEquals(mixup * i / 3, found.mixup(), 1e-9);
            assertEquals(0, found.cutmix());
            assertEquals(dropout + (most - dropout) * i / 3, found.dropout(), 1e-9);
            assertEquals(DROP_CONNECT, found.dropConnectRate());
        }
    }

    /** Sizes, {@code linspace} of RandAugment, mixup and cutmix, and one dropout, as the released code has them. */
    @ParameterizedTest
    @CsvSource({
        "efficientnet_v2_s, 171 214 257 300, 10, 0,   .2",
        "efficientnet_v2_m, 192 256 320 384, 15, 0.2, .3",
        "efficientnet_v2_l, 192 256 320 384, 20, 0.5, .4",
    })
    void automlStagesAreTheReleasedCodes(String model, String sizes, double mostMagnitude, double mix, double dropout) {
        ProgressiveRange range =
                ProgressiveRange.published(ProgressiveMode.AUTOML, ModelCatalog.find(model), DROP_CONNECT);
        List<ProgressiveStage> stages = ProgressiveSchedule.automl(range, new Division(4, 350, 32, 1, false))
                .stages();
        assertEquals(sizes, sizes(stages));
        for (int i = 0; i < 4; i++) {
            Strengths found = stages.get(i).strengths();
            assertEquals(5 + (mostMagnitude - 5) * i / 3, found.randAugment(), 1e-9);
            assertEquals(mix * i / 3, found.mixup(), 1e-9);
            assertEquals(mix * i / 3, found.cutmix(), 1e-9);
            assertEquals(dropout, found.dropout());
        }
    }

    @Test
    void anyNumberOfStagesShareTheEpochs() {
        assertEquals("300", sizes(paper("efficientnet_v2_s", 1, 7).stages()));
        assertEquals("128 300", sizes(paper("efficientnet_v2_s", 2, 7).stages()));
        for (int stages = 1; stages <= 7; stages++) {
            ProgressiveSchedule schedule = paper("efficientnet_v2_s", stages, 7);
            assertEquals(stages, schedule.stages().size());
            assertEquals(7, schedule.epochs());
        }
        assertThrows(InvalidInputException.class, () -> new Division(8, 7, 32, 1, false));
    }

    @Test
    void smallImagesGrowGentlyFromTheNetworksStride() {
        ProgressiveRange range = ProgressiveRange.published(
                        ProgressiveMode.PAPER, ModelCatalog.find("efficientnet_v2_b0"), DROP_CONNECT)
                .endingAt(64);
        List<ProgressiveStage> stages = ProgressiveSchedule.paper(range, new Division(3, 6, 32, 1, false))
                .stages();
        assertEquals("32 48 64", sizes(stages));
        assertEquals(new Strengths(.1, DROP_CONNECT, 0, 0, 0), stages.get(0).strengths());
        assertEquals(new Strengths(.2, DROP_CONNECT, 5, 0, 0), stages.get(2).strengths());
    }

    @Test
    void sizesBetweenTheEndsAreRounded() {
        ProgressiveRange range =
                ProgressiveRange.published(ProgressiveMode.PAPER, ModelCatalog.find("efficientnet_v2_s"), DROP_CONNECT);
        assertEquals(
                "128 192 256 300",
                sizes(ProgressiveSchedule.paper(range, new Division(4, 8, 32, 32, false))
                        .stages()));
    }

    @Test
    void batchesFillTheMemoryOfTheLastStage() {
        ProgressiveRange range =
                ProgressiveRange.published(ProgressiveMode.PAPER, ModelCatalog.find("efficientnet_v2_s"), DROP_CONNECT);
        List<ProgressiveStage> stages = ProgressiveSchedule.paper(range, new Division(4, 8, 32, 1, true))
                .stages();
        assertEquals(32, stages.get(3).batch());
        for (ProgressiveStage stage : stages) {
            long pixels = (long) stage.batch() * stage.size() * stage.size();
            assertTrue(pixels <= 32L * 300 * 300, () -> stage + " takes more memory than the last");
            assertTrue(pixels > 31L * 300 * 300, () -> stage + " leaves room for another image");
        }
    }

    private static ProgressiveSchedule paper(String model, int stages, int epochs) {
        ProgressiveRange range =
                ProgressiveRange.published(ProgressiveMode.PAPER, ModelCatalog.find(model), DROP_CONNECT);
        return ProgressiveSchedule.paper(range, new Division(stages, epochs, 32, 1, false));
    }

    private static String sizes(List<ProgressiveStage> stages) {
        return String.join(
                " ",
                stages.stream().map(stage -> Integer.toString(stage.size())).toList());
    }
}
