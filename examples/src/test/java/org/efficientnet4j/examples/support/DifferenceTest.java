package org.efficientnet4j.examples.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.junit.jupiter.api.Test;

class DifferenceTest {
    /** Differences 1, 2 and 3: deviation 1, and Student's t of 2 degrees of freedom is 4.30265 in tables. */
    @Test
    void intervalIsStudents() {
        Difference difference = Difference.paired(List.of(0.0, 0.0, 0.0), List.of(1.0, 2.0, 3.0));
        assertEquals(2, difference.mean(), 1e-12);
        assertEquals(4.30265 / Math.sqrt(3), difference.halfWidth(), 1e-5);
        assertFalse(difference.isTold());
    }

    @Test
    void onePairTellsNothing() {
        assertFalse(Difference.paired(List.of(0.0), List.of(1.0)).isTold());
    }
}
