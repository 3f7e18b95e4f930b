package org.efficientnet4j.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The commands in the code blocks of Markdown pages. */
public final class PageCommands {
    /** The checkout, from this module's folder, where Maven runs its tests. */
    public static final Path ROOT = Path.of("..");

    private static final Pattern START = Pattern.compile("(?:\\$ )?(?:[A-Z_]+=\\S+ )*(?:\\./)?effnet (.*)");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");
    private static final Pattern ENDS_A_COMMAND = Pattern.compile("[>|#&;].*|2>.*|\\(in");

    private PageCommands() {}

    /**
     * One command.
     *
     * @param page the file it stands in
     * @param line the line, counted from 1
     * @param words what follows {@code effnet}
     */
    public record PageCommand(Path page, int line, List<String> words) {
        @Override
        public String toString() {
            return page.getFileName() + ":" + line + " effnet " + String.join(" ", words);
        }
    }

    /** Every page that a reader meets. */
    public static List<Path> pages() {
        try (Stream<Path> pages = Files.list(ROOT.resolve("docs"))) {
            return Stream.concat(
                            Stream.of(
                                            "README.md",
                                            "CONTRIBUTING.md",
                                            "CHANGELOG.md",
                                            "examples/README.md",
                                            "notebooks/README.md")
                                    .map(ROOT::resolve),
                            pages.filter(page -> page.toString().endsWith(".md"))
                                    .sorted())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A page's commands in order. */
    public static List<PageCommand> of(Path page) {
        List<PageCommand> commands = new ArrayList<>();
        List<String> lines = linesOf(page);
        boolean code = false;
        for (int i = 0; i < lines.size(); i++) {
            int first = i;
            String line = lines.get(i).strip();
            if (line.startsWith("```")) {
                code = !code;
                continue;
            }
            while (code && line.endsWith("\\")) {
                line = line.substring(0, line.length() - 1) + lines.get(++i).strip();
            }
            Matcher start = START.matcher(line);
            if (code && start.matches()) {
                commands.add(new PageCommand(page, first + 1, words(start.group(1))));
            }
        }
        return commands;
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(text);
        while (word.find()) {
            String plain = word.group(3);
            if (plain != null && ENDS_A_COMMAND.matcher(plain).matches()) {
                break;
            }
            words.add(plain != null ? plain : word.group(1) != null ? word.group(1) : word.group(2));
        }
        return words;
    }

    private static List<String> linesOf(Path page) {
        try {
            return Files.readAllLines(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
