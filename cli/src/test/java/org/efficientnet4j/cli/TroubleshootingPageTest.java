package org.efficientnet4j.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each message that {@code docs/troubleshooting.md} quotes is one that the program has. */
class TroubleshootingPageTest {
    private static final Pattern QUOTED = Pattern.compile("(?m)^> `(.*)`$");
    private static final Pattern VARIABLE = Pattern.compile("\\.\\.\\.");
    private static final List<String> MODULES =
            List.of("cli", "datasets", "toolkit", "arbiter-search", "training-ui", "effnet");

    private static String messages;

    /** The texts of the sources, joined where Java joins them. */
    @BeforeAll
    static void readSources() {
        messages = MODULES.stream()
                .flatMap(module -> sources(PageCommands.ROOT.resolve(module)))
                .map(TroubleshootingPageTest::text)
                .map(text -> text.replaceAll("\"\\s*\\+\\s*\"", "").replace("\\\"", "\""))
                .collect(Collectors.joining("\n"));
    }

    static List<String> quoted() throws IOException {
        return QUOTED.matcher(text(PageCommands.ROOT.resolve("docs/troubleshooting.md")))
                .results()
                .map((MatchResult line) -> line.group(1))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("quoted")
    void isInTheSource(String message) {
        assertTrue(parts(message).stream().mapToInt(String::length).sum() > 15, "too little is quoted: " + message);
        assertTrue(isThere(message), "no message has its parts in this order");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The data folder must have class folders, found some in ...",
                "The data folder must have class folders, found none in ... Allow more (ulimit -n 1024)",
                "or allow more...: 'ulimit -u' ... No more threads"
            })
    void amongMessagesThatAreNowhere(String message) {
        assertFalse(isThere(message), message);
    }

    /** True of a message whose constant parts follow each other within the source of one. */
    private static boolean isThere(String message) {
        String pattern = parts(message).stream().map(Pattern::quote).collect(Collectors.joining("[\\s\\S]{0,700}?"));
        return Pattern.compile(pattern).matcher(messages).find();
    }

    /** Constant parts of a message, between its variables. */
    private static List<String> parts(String message) {
        return Arrays.stream(VARIABLE.split(message))
                .map(part -> part.replaceAll("^[\\s(.,]+|[\\s(.,]+$", ""))
                .filter(part -> part.length() > 1)
                .toList();
    }

    private static Stream<Path> sources(Path module) {
        try (Stream<Path> files = Files.walk(module)) {
            return files
                    .filter(file -> Files.isRegularFile(file))
                    .filter(file -> !file.toString().contains("/target/"))
                    .filter(TroubleshootingPageTest::isSource)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isSource(Path file) {
        Matcher java = Pattern.compile(".*/src/main/.*\\.java").matcher(file.toString());
        return java.matches() || file.toString().endsWith(".sh") || file.endsWith("effnet");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
