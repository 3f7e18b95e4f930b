package org.efficientnet4j.search.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.efficientnet4j.core.InvalidInputException;
import org.junit.jupiter.api.Test;

class RankAgreementTest {
    /** scipy.stats.kendalltau of 1.17.1, ties included. */
    @Test
    void tauIsScipys() {
        RankAgreement agreement =
                RankAgreement.of(List.of(.41, .39, .38, .40, .36, .35), List.of(.52, .53, .49, .50, .50, .44));
        assertEquals(0.5520524474738833, agreement.tau(), 1e-12);
        assertTrue(agreement.low() < agreement.tau() && agreement.tau() < agreement.high());
    }

    @Test
    void equalAndReversedOrdersAreOneAndMinusOne() {
        List<Double> rising = IntStream.range(0, 12).mapToObj(i -> (double) i).toList();
        List<Double> falling = IntStream.range(0, 12).mapToObj(i -> -(double) i).toList();
        RankAgreement same = RankAgreement.of(rising, rising);
        assertEquals(List.of(1.0, 1.0, 1.0), List.of(same.tau(), same.low(), same.high()));
        assertEquals(-1, RankAgreement.of(rising, falling).tau());
        assertTrue(same.advice().contains("holds"), same.advice());
    }

    /** Between unrelated scores tau has mean 0 and the standard deviation sqrt(2 (2n + 5) / (9n (n - 1))): .147 of 24. */
    @Test
    void theIntervalOfUnrelatedScoresHoldsZero() {
        Random random = new Random(4);
        int missed = 0;
        double widths = 0;
        int repetitions = 60;
        for (int i = 0; i < repetitions; i++) {
            RankAgreement agreement = RankAgreement.of(
                    random.doubles(24).boxed().toList(),
                    random.doubles(24).boxed().toList());
            missed += agreement.low() > 0 || agreement.high() < 0 ? 1 : 0;
            widths += (agreement.high() - agreement.low()) / repetitions;
        }
        assertTrue(missed <= 8, missed + " of 60 intervals miss 0");
        assertEquals(2 * 1.96 * 0.147, widths, 0.15);
    }

    @Test
    void scoresThatAreEqualRankNothing() {
        RankAgreement agreement = RankAgreement.of(List.of(.1, .1, .1, .1), List.of(.1, .2, .3, .4));
        assertEquals(0, agreement.tau());
        assertTrue(agreement.advice().contains("may say nothing"));
        assertThrows(InvalidInputException.class, () -> RankAgreement.of(List.of(1.0), List.of(1.0)));
    }
}
