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
    void keepsCellsOnOneLineAndAlignsWideCharacters() {
        TextTable table =
                new TextTable("class\u001b[2J", "images").row("cat\nox", 9).row("猫", 12);
        assertEquals("""
                class\\u001b[2J  images
                cat\\nox              9
                猫                  12
                """, table.toString());
    }

    @Test
    void refusesARowOfAnotherLength() {
        TextTable table = new TextTable("class", "images");
        assertThrows(IllegalArgumentException.class, () -> table.row("cat"));
    }
}
