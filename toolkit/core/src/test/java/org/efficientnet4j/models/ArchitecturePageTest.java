package org.efficientnet4j.models;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.efficientnet4j.core.InvalidInputException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Agreement of the page on architecture files, {@code docs/files.md}, with their reader. */
class ArchitecturePageTest {
    private static final Path PAGE = Path.of("../../docs/files.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\| ([^|]*) \\|");
    private static final Pattern EXAMPLE = Pattern.compile("(?s)```yaml\n(.*?)```");

    private static String section;

    @BeforeAll
    static void readPage() throws IOException {
        String page = Files.readString(PAGE);
        int start = page.indexOf("\n## Architecture files");
        section = page.substring(start, page.indexOf("\n## ", start + 1));
    }

    @Test
    void thePageHasEveryKeyAndNoOther() {
        assertEquals(known("frobnicate: 1", "known are (.*)"), String.join(", ", new TreeSet<>(keys().keySet())));
    }

    @Test
    void thePageHasEveryPartOfABlockAndNoOther() {
        String parts = known(example().replace("_c1", "_q1"), "known are (.*)");
        String[] sorted = parts.split(", ");
        Arrays.sort(sorted);
        assertEquals(
                String.join(", ", sorted),
                String.join(", ", new TreeSet<>(rows("### Blocks").keySet())));
    }

    @Test
    void requiredKeysAreThoseThatThePageCallsSo() {
        assertDoesNotThrow(() -> ArchitectureFile.parse(example()));
        keys().forEach((key, standard) -> {
            String without = Pattern.compile("(?m)^" + key + ":.*\n((?:  .*\n)*)")
                    .matcher(example())
                    .replaceFirst("");
            assertTrue(without.length() < example().length(), "the page's example must have " + key);
            if (standard.equals("required")) {
                String missing = assertThrows(InvalidInputException.class, () -> ArchitectureFile.parse(without))
                        .getMessage();
                assertTrue(missing.contains("key '" + key + "' is missing"), missing);
            } else {
                assertDoesNotThrow(() -> ArchitectureFile.parse(without), key);
            }
        });
    }

    private static Map<String, String> keys() {
        return rows("## Architecture files");
    }

    /** First and second cells of the table behind a heading. */
    private static Map<String, String> rows(String heading) {
        String table = section.substring(section.indexOf(heading) + heading.length());
        int next = table.indexOf("\n### ");
        Matcher row = ROW.matcher(next < 0 ? table : table.substring(0, next));
        Map<String, String> cells = new LinkedHashMap<>();
        while (row.find()) {
            cells.put(row.group(1), row.group(2).strip());
        }
        return cells;
    }

    private static String example() {
        return EXAMPLE.matcher(section)
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow()
                .lines()
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    private static String known(String text, String pattern) {
        String refused = assertThrows(InvalidInputException.class, () -> ArchitectureFile.parse(text))
                .getMessage();
        Matcher list = Pattern.compile(pattern).matcher(refused);
        assertTrue(list.find(), refused);
        return list.group(1);
    }
}
