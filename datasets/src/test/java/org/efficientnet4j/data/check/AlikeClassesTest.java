package org.efficientnet4j.data.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.efficientnet4j.data.check.ClassCounts.ClassCount;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlikeClassesTest {
    /** Case, spaces, an accent as a character of its own, a ligature, a space that does not break, a soft hyphen. */
    @ParameterizedTest
    @CsvSource({
        "cat, Cat, 1",
        "'ice cream', ice_cream, 1",
        "caf\u00e9, cafe\u0301, 1",
        "of\ufb01ce, office, 1",
        "'ice\u00a0cream', icecream, 1",
        "ice\u00adcream, icecream, 1",
        "cat, cats, 0",
        "cafe, caf\u00e9, 0"
    })
    void namesThatMayBeOneAreWarnedOf(String one, String other, int warnings) {
        List<ClassCount> classes =
                Stream.of(one, other).map(label -> new ClassCount(label, 10, 2)).toList();
        assertEquals(
                warnings,
                new ClassCounts(classes)
                        .warnings(List.of()).stream()
                                .filter(warning -> warning.contains("nearly spelt alike"))
                                .count());
    }
}
