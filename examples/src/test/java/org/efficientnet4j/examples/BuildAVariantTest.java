package org.efficientnet4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.efficientnet4j.examples.BuildAVariant.Result;
import org.efficientnet4j.examples.BuildAVariant.Stage;
import org.efficientnet4j.models.ModelCatalog;
import org.junit.jupiter.api.Test;

class BuildAVariantTest {
    /** Published counts are for 1000 classes: a head of ten classes has 990 * (1280 + 1) parameters less. */
    private static final long HEAD_DIFFERENCE = 990L * 1281;

    @Test
    void publishedVariantHasThePublishedCounts() {
        Result result = BuildAVariant.run(ModelCatalog.find("efficientnet_v2_b0"));

        assertEquals(7_139_704 - HEAD_DIFFERENCE, result.cost().trainableParameters());
        assertEquals(7_200_312 - HEAD_DIFFERENCE, result.builtParameters());
        assertEquals(
                List.of(
                        new Stage(1, "Fused-MBConv", 1, 16, 112),
                        new Stage(2, "Fused-MBConv", 2, 32, 56),
                        new Stage(3, "Fused-MBConv", 2, 48, 28),
                        new Stage(4, "MBConv", 3, 96, 14),
                        new Stage(5, "MBConv", 5, 112, 14),
                        new Stage(6, "MBConv", 8, 192, 7)),
                result.stages());
        assertEquals(
                1,
                result.probabilities().stream().mapToDouble(Double::doubleValue).sum(),
                1e-5);
    }

    @Test
    void scaledVariantIsBuiltAsItsCostSays() {
        Result result = BuildAVariant.run(BuildAVariant.scaledB0(0.5));

        assertEquals(Math.round(224 * Math.sqrt(1.15)), result.model().evalSize());
        assertEquals(result.cost().totalParameters(), result.builtParameters());
        assertEquals(10, result.probabilities().size());
    }
}
