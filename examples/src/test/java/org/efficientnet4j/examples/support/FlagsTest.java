package org.efficientnet4j.examples.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.efficientnet4j.core.InvalidInputException;
import org.junit.jupiter.api.Test;

class FlagsTest {
    private final Flags flags = Flags.of("99 nothing", "Shows nothing.")
            .with("--epochs", "N", "6", "2", "epochs")
            .with("--out", "DIR", "runs", "a folder")
            .inOrder("--out");

    private String refusal(String... arguments) {
        return assertThrows(InvalidInputException.class, () -> flags.given(arguments))
                .getMessage();
    }

    @Test
    void quickRunsHaveTheirOwnValuesUnlessTyped() {
        assertEquals(6, flags.given().number("--epochs", 1));
        assertEquals(2, flags.given("--quick").number("--epochs", 1));
        assertEquals(9, flags.given("--quick", "--epochs", "9").number("--epochs", 1));
        assertEquals(9, flags.given("--epochs=9").number("--epochs", 1));
        assertEquals("here", flags.given("here").text("--out"));
    }

    @Test
    void mistakesNameWhatWasTyped() {
        assertTrue(refusal("--epoch", "3").endsWith("found --epoch: did you mean --epochs?"), refusal("--epoch", "3"));
        assertEquals("--epochs must have a value, found none: --epochs N", refusal("--epochs"));
        assertTrue(refusal("a", "b").contains("at most 1 argument"), refusal("a", "b"));
        String notANumber = assertThrows(InvalidInputException.class, () -> flags.given("--epochs", "x")
                        .number("--epochs", 1))
                .getMessage();
        assertEquals("--epochs must be a whole number, found 'x'", notANumber);
        String tooSmall = assertThrows(InvalidInputException.class, () -> flags.given("--epochs", "0")
                        .number("--epochs", 1))
                .getMessage();
        assertEquals("--epochs must be at least 1, found 0", tooSmall);
    }

    @Test
    void helpRunsNothing() {
        assertTrue(flags.read("--help").isEmpty());
    }
}
