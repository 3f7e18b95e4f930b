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
    void paperPhasesAreAlgorithmOneOverTableSix(
            String model,
            String sizes,
            double magnitude,
            double mostMagnitude,
            double mixup,
            double dropout,
            double most) {
        List<ProgressivePhase> phases = paper(model, 4, 350).phases();
        assertEquals(sizes, sizes(phases));
        assertEquals(
                List.of(87, 88, 87, 88),
                phases.stream().map(ProgressivePhase::epochs).toList());
        for (int i = 0; i < 4; i++) {
            Strengths found = phases.get(i).strengths();
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
    void automlPhasesAreTheReleasedCodes(String model, String sizes, double mostMagnitude, double mix, double dropout) {
        ProgressiveRange range =
                ProgressiveRange.byDefault(ProgressiveMode.AUTOML, ModelCatalog.find(model), DROP_CONNECT);
        List<ProgressivePhase> phases = ProgressiveSchedule.automl(range, new Division(4, 350, 32, 1, false))
                .phases();
        assertEquals(sizes, sizes(phases));
        for (int i = 0; i < 4; i++) {
            Strengths found = phases.get(i).strengths();
            assertEquals(5 + (mostMagnitude - 5) * i / 3, found.randAugment(), 1e-9);
            assertEquals(mix * i / 3, found.mixup(), 1e-9);
            assertEquals(mix * i / 3, found.cutmix(), 1e-9);
            assertEquals(dropout, found.dropout());
        }
    }

    @Test
    void anyNumberOfPhasesShareTheEpochs() {
        assertEquals("300", sizes(paper("efficientnet_v2_s", 1, 7).phases()));
        assertEquals("128 300", sizes(paper("efficientnet_v2_s", 2, 7).phases()));
        for (int phases = 1; phases <= 7; phases++) {
            ProgressiveSchedule schedule = paper("efficientnet_v2_s", phases, 7);
            assertEquals(phases, schedule.phases().size());
            assertEquals(7, schedule.epochs());
        }
        assertThrows(InvalidInputException.class, () -> new Division(8, 7, 32, 1, false));
    }

    @Test
    void smallImagesGrowInStrengthFromTwiceTheNetworksStrideOn() {
        ProgressiveRange range = ProgressiveRange.byDefault(
                        ProgressiveMode.PAPER, ModelCatalog.find("efficientnet_v2_b0"), DROP_CONNECT)
                .endingAt(64, 32);
        List<ProgressivePhase> phases = ProgressiveSchedule.paper(range, new Division(3, 6, 32, 1, false))
                .phases();
        assertEquals("64 64 64", sizes(phases));
        assertEquals(new Strengths(.1, DROP_CONNECT, 0, 0, 0), phases.get(0).strengths());
        assertEquals(new Strengths(.2, DROP_CONNECT, 5, 0, 0), phases.get(2).strengths());
    }

    @ParameterizedTest
    @CsvSource({"48, 48", "64, 64", "96, 64", "128, 64", "160, 64", "224, 96", "300, 128"})
    void unpublishedRangesStartAtMultiplesOfTheStrideFromTwiceOn(int end, int start) {
        ProgressiveRange range = ProgressiveRange.byDefault(
                ProgressiveMode.PAPER, ModelCatalog.find("efficientnet_v2_b0"), DROP_CONNECT);
        assertEquals(start, range.endingAt(end, 32).minSize());
    }

    @Test
    void sizesBetweenTheEndsAreRounded() {
        ProgressiveRange range =
                ProgressiveRange.byDefault(ProgressiveMode.PAPER, ModelCatalog.find("efficientnet_v2_s"), DROP_CONNECT);
        assertEquals(
                "128 192 256 300",
                sizes(ProgressiveSchedule.paper(range, new Division(4, 8, 32, 32, false))
                        .phases()));
    }

    @Test
    void batchesFillTheMemoryOfTheLastPhase() {
        ProgressiveRange range =
                ProgressiveRange.byDefault(ProgressiveMode.PAPER, ModelCatalog.find("efficientnet_v2_s"), DROP_CONNECT);
        List<ProgressivePhase> phases = ProgressiveSchedule.paper(range, new Division(4, 8, 32, 1, true))
                .phases();
        assertEquals(32, phases.get(3).batch());
        for (ProgressivePhase phase : phases) {
            long pixels = (long) phase.batch() * phase.size() * phase.size();
            assertTrue(pixels <= 32L * 300 * 300, () -> phase + " takes more memory than the last");
            assertTrue(pixels > 31L * 300 * 300, () -> phase + " leaves room for another image");
        }
    }

    private static ProgressiveSchedule paper(String model, int phases, int epochs) {
        ProgressiveRange range =
                ProgressiveRange.byDefault(ProgressiveMode.PAPER, ModelCatalog.find(model), DROP_CONNECT);
        return ProgressiveSchedule.paper(range, new Division(phases, epochs, 32, 1, false));
    }

    private static String sizes(List<ProgressivePhase> phases) {
        return String.join(
                " ",
                phases.stream().map(phase -> Integer.toString(phase.size())).toList());
    }
}
