package org.efficientnet4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The list that {@code examples/run} reads, against what there is. */
class CatalogueTest {
    private record Entry(String number, String name) {
        String type() {
            return "org.efficientnet4j.examples.Example" + number
                    + Stream.of(name.split("-"))
                            .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                            .collect(Collectors.joining());
        }
    }

    private static List<Entry> entries() throws IOException {
        return Files.readAllLines(Path.of("catalogue")).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(" +", 3))
                .map(words -> new Entry(words[0], words[1].split(",", -1)[0]))
                .toList();
    }

    @Test
    void everyExampleIsAProgramWithARowInTheReadingOrder() throws IOException, ReflectiveOperationException {
        String page = Files.readString(Path.of("README.md"));
        int number = 1;
        for (Entry entry : entries()) {
            assertEquals(number++, Integer.parseInt(entry.number()));
            if (!entry.name().contains("spark")) { // in a module of its own
                assertTrue(Modifier.isStatic(Class.forName(entry.type())
                        .getMethod("main", String[].class)
                        .getModifiers()));
            }
            assertTrue(page.contains("| " + entry.number() + " | `" + entry.name() + "`"), entry.name());
        }
        assertEquals(14, number);
    }

    @Test
    void wrongNamesGetTheNearestOnes() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "needs bash");
        Process process = new ProcessBuilder("/bin/bash", "run", "progresive-size").start();
        String told = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(2, process.waitFor());
        assertTrue(told.contains("the nearest names are progressive-image-size"), told);

        Process list = new ProcessBuilder("/bin/bash", "run").start();
        String names = new String(list.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, list.waitFor());
        for (Entry entry : entries()) {
            assertTrue(names.contains(entry.number() + " " + entry.name()), names);
        }
    }
}
