package org.efficientnet4j.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class PairedDifferenceTest {
    /** Differences 1, 2 and 3: deviation 1, and Student's t of 2 degrees of freedom is 4.30265 in tables. */
    @Test
    void intervalIsStudents() {
        PairedDifference difference = PairedDifference.of(List.of(1.0, 1.0, 1.0), List.of(2.0, 3.0, 4.0));
        assertEquals(2, difference.mean(), 1e-12);
        assertEquals(4.30265 / Math.sqrt(3), difference.halfWidth(), 1e-5);
        assertFalse(difference.isSignificant());
        assertTrue(new PairedDifference(2, 1.9).isSignificant());
        assertEquals("+2.0 (95 % interval -0.5 to +4.5)", difference.toString());
    }

    @Test
    void onePairIsNeverSignificant() {
        assertFalse(PairedDifference.of(List.of(0.0), List.of(1.0)).isSignificant());
    }

    @Test
    void refusesWhatHasNoPartner() {
        assertThrows(IllegalArgumentException.class, () -> PairedDifference.of(List.of(), List.of()));
        assertThrows(IllegalArgumentException.class, () -> PairedDifference.of(List.of(1.0), List.of(1.0, 2.0)));
    }
}
