package org.efficientnet4j.core.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTest {
    @Test
    void escapesWhatTerminalsObey() {
        assertEquals("\\u001b[2Jcat\\u0007", Printable.line("\u001b[2Jcat\u0007"));
        assertEquals("\\u009b31m\\u007f\\r", Printable.line("\u009b31m\u007f\r"));
        assertEquals("a\\nb\\tc", Printable.line("a\nb\tc"));
    }

    @Test
    void escapesWhatTurnsTextRoundOrHidesIt() {
        assertEquals("\\u202egpj.exe", Printable.line("\u202egpj.exe"));
        assertEquals("a\\u200bb\\u2028c\\ufeff", Printable.line("a\u200bb\u2028c\ufeff"));
        assertEquals("\\udb40\\udc41", Printable.line("\udb40\udc41")); // an invisible tag
        assertEquals("\\ud800x", Printable.line("\ud800x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Käse & <Brot>", "猫", "C:\\new", "👩\u200d🔬", "می\u200cخواهم"})
    void leavesWhatIsShownAsItIs(String text) {
        assertSame(text, Printable.line(text));
    }

    @Test
    void countsTheColumnsOfATerminal() {
        assertEquals(3, Printable.columns("cat"));
        assertEquals(4, Printable.columns("猫犬"));
        assertEquals(2, Printable.columns("e\u0301a"));
        assertEquals(2, Printable.columns("🐈"));
        assertEquals(1, Printable.columns("\uff76")); // half-width katakana
    }

    @Test
    void keepsTheIndentedLinesOfAMessage() {
        assertEquals("2 tensors:\n  a\n  b\\nDone.\\u001b", Printable.message("2 tensors:\n  a\n  b\nDone.\u001b"));
    }
}
