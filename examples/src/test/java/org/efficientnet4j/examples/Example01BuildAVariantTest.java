package org.efficientnet4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class Example01BuildAVariantTest {
    @Test
    void publishedVariantHasThePublishedCounts() {
        Example01BuildAVariant.Result result =
                Example01BuildAVariant.run(Example01BuildAVariant.FLAGS.given("--quick"));

        Example01BuildAVariant.Built published = result.published();
        assertEquals(7_139_704, published.cost().trainableParameters());
        assertEquals(7_200_312, published.parameters());
        assertEquals(
                List.of(
                        new Example01BuildAVariant.Stage("Fused-MBConv", 1, 16, 112),
                        new Example01BuildAVariant.Stage("Fused-MBConv", 2, 32, 56),
                        new Example01BuildAVariant.Stage("Fused-MBConv", 2, 48, 28),
                        new Example01BuildAVariant.Stage("MBConv", 3, 96, 14),
                        new Example01BuildAVariant.Stage("MBConv", 5, 112, 14),
                        new Example01BuildAVariant.Stage("MBConv", 8, 192, 7)),
                published.stages());
        assertEquals(1000, published.probabilities().size());
        double sum = published.probabilities().stream()
                .mapToDouble(Double::doubleValue)
                .sum();
        assertEquals(1, sum, 1e-4);

        Example01BuildAVariant.Built scaled = result.scaled();
        assertEquals(Math.round(224 * Math.sqrt(1.15)), scaled.model().evalSize());
        assertEquals(scaled.cost().totalParameters(), scaled.parameters());
    }

    @Test
    void takesTheModelAsABareArgument() {
        assertEquals(
                "mobilenet_v2",
                Example01BuildAVariant.FLAGS.given("mobilenet_v2").text("--model"));
    }
}
