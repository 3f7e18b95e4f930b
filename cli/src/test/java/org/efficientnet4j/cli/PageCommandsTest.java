package org.efficientnet4j.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.efficientnet4j.cli.PageCommands.PageCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command in README and docs exists as it is written: its name, its options, their kinds of values. */
class PageCommandsTest {
    static Stream<PageCommand> commands() {
        return PageCommands.pages().stream().flatMap(page -> PageCommands.of(page).stream());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void isWhatTheCommandLineTakes(PageCommand command) {
        String[] words = command.words().toArray(String[]::new);
        assertDoesNotThrow(() -> CommandsPage.commands().parseArgs(words), command.toString());
    }

    @Test
    void findsCommandsOfAllKinds() {
        List<String> found = commands().map(PageCommand::toString).toList();
        assertTrue(found.size() > 80, "found only " + found.size());
        assertTrue(found.stream().anyMatch(text -> text.contains("README.md") && text.contains("train")), "" + found);
    }
}
