package org.efficientnet4j.search.space;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.efficientnet4j.core.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoefficientGridTest {
    @Test
    void standardGridHoldsThePublishedCoefficients() {
        assertTrue(CoefficientGrid.standard().coefficients().contains(new Coefficients(1.2, 1.1, 1.15)));
        assertEquals(1.9203, new Coefficients(1.2, 1.1, 1.15).product(), 5e-5);
    }

    /** Exact decimal arithmetic over every triple up to the product's bound: no double, no early end. */
    @ParameterizedTest
    @CsvSource({"2, 0.1, 0.05", "2, 0.1, 0.02", "2, 0, 0.1", "2.1, 0.1, 0.1", "1.5, 0.21, 0.03", "1, 0, 0.05"})
    void countsWhatExactArithmeticCounts(String target, String tolerance, String step) {
        BigDecimal low = new BigDecimal(target).subtract(new BigDecimal(tolerance));
        BigDecimal high = new BigDecimal(target).add(new BigDecimal(tolerance));
        BigDecimal by = new BigDecimal(step);
        Set<Coefficients> expected = new HashSet<>();
        for (BigDecimal a = BigDecimal.ONE; a.compareTo(high) <= 0; a = a.add(by)) {
            for (BigDecimal b = BigDecimal.ONE; b.compareTo(high) <= 0; b = b.add(by)) {
                for (BigDecimal g = BigDecimal.ONE; g.compareTo(high) <= 0; g = g.add(by)) {
                    BigDecimal product = a.multiply(b).multiply(b).multiply(g).multiply(g);
                    if (product.compareTo(low) >= 0 && product.compareTo(high) <= 0) {
                        expected.add(new Coefficients(a.doubleValue(), b.doubleValue(), g.doubleValue()));
                    }
                }
            }
        }
        List<Coefficients> found = CoefficientGrid.near(
                        Double.parseDouble(target), Double.parseDouble(tolerance), Double.parseDouble(step))
                .coefficients();
        assertEquals(expected.size(), found.size());
        assertEquals(expected, new HashSet<>(found));
    }

    @Test
    void maximaAreInclusiveAndCut() {
        List<Coefficients> found = new CoefficientGrid(2, 0.1, 0.05, 1.2, 1.1, 1.15).coefficients();
        assertEquals(List.of(new Coefficients(1.2, 1.1, 1.15)), found);
    }

    @ParameterizedTest
    @CsvSource({"0.9, 0.1, 0.05, 2", "2, -0.1, 0.05, 2", "2, 0.1, 0, 2", "2, 0.1, NaN, 2", "2, 0.1, 0.05, 0.9"})
    void refusesWhatIsNoGrid(double target, double tolerance, double step, double max) {
        assertThrows(InvalidInputException.class, () -> new CoefficientGrid(target, tolerance, step, max, max, max));
    }
}
