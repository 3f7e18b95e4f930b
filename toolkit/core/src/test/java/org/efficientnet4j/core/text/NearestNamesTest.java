package org.efficientnet4j.core.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNamesTest {
    private static final List<String> NAMES = List.of("--batch", "--classes", "--class-weights", "--size", "train");

    @Test
    void findsSlipsAndBeginnings() {
        assertEquals(List.of("train"), NearestNames.of("trian", NAMES));
        assertEquals(List.of("--classes"), NearestNames.of("--clases", NAMES));
        assertEquals(List.of("--classes", "--class-weights"), NearestNames.of("--class", NAMES));
        assertEquals(List.of("--batch"), NearestNames.of("--BATCH", NAMES));
    }

    @Test
    void namesNoneWhereNoneIsNear() {
        assertEquals(List.of(), NearestNames.of("--momentum", NAMES));
    }
}
