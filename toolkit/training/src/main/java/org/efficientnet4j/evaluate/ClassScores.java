package org.efficientnet4j.evaluate;

/**
 * One class's figures.
 *
 * @param label the class's name
 * @param examples how many images truly are of it
 * @param precision share of the images called so that are, in [0, 1]
 * @param recall share of the images that are which were called so, in [0, 1]
 * @param f1 harmonic mean of precision and recall, in [0, 1]
 */
public record ClassScores(String label, int examples, double precision, double recall, double f1) {
    static ClassScores of(String label, int hits, int examples, int predicted) {
        return new ClassScores(
                label,
                examples,
                ratio(hits, predicted),
                ratio(hits, examples),
                // 2PR / (P + R) with the common factor gone, so that it is defined where P or R alone is not.
                ratio(2L * hits, (long) examples + predicted));
    }

    private static double ratio(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
