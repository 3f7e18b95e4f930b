package org.efficientnet4j.compare;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignificanceTest {
    /** Source: Newcombe, Statistics in Medicine 17 (1998), table I, method 3. */
    @ParameterizedTest
    @CsvSource({"81, 263, .2553, .3662", "15, 148, .0624, .1605", "0, 20, 0, .1611", "1, 29, .0061, .1718"})
    void givesNewcombesWilsonIntervals(int hits, int count, double low, double high) {
        Significance.Interval interval = Significance.wilson((double) hits / count, count, 0.95);
        assertEquals(low, interval.low(), 5e-5);
        assertEquals(high, interval.high(), 5e-5);
    }

    /** Source: Fagerland, Lydersen and Laake (2013), airway hyper-responsiveness: 1 and 7 discordant pairs, p = 0.070. */
    @Test
    void givesFagerlandsExactMcNemar() {
        assertEquals(18.0 / 256, Significance.mcNemar(1, 7), 1e-12);
        assertEquals(1, Significance.mcNemar(0, 0));
    }

    /** Source: Student's sleep data in R, {@code t.test(extra ~ group, paired = TRUE)}: p = 0.002833. */
    @Test
    void givesStudentsSleepTest() {
        double[] sleep = {1.2, 2.4, 1.3, 1.3, 0, 1.0, 1.8, 0.8, 4.6, 1.4};
        assertEquals(0.002833, Significance.pairedT(sleep), 5e-7);
    }

    /** Closed form: sorted p times the number of tests left, never falling. */
    @Test
    void correctsByHolm() {
        assertArrayEquals(
                new double[] {.03, .06, .06, .02}, Significance.holm(new double[] {.01, .04, .03, .005}), 1e-12);
    }
}
