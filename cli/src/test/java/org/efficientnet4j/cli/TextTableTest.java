package org.efficientnet4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class TextTableTest {
    @Test
    void alignsTextLeftAndNumbersRight() {
        TextTable table =
                new TextTable("class", "kind", "images").row("cat", "pet", 9).row("ox", "farm", "1,200");
        assertEquals("""
                class  kind  images
                cat    pet        9
                ox     farm   1,200
                """, table.toString());
    }

    @Test
    void refusesARowOfAnotherLength() {
        TextTable table = new TextTable("class", "images");
        assertThrows(IllegalArgumentException.class, () -> table.row("cat"));
    }
}
