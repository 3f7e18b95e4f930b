package org.efficientnet4j.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.text.WordUtils;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The commands in groups, each with an example from its help: the answer to {@code effnet} alone. */
final class Overview {
    private static final Map<String, List<String>> GROUPS = new LinkedHashMap<>();

    static {
        GROUPS.put("Know a network", List.of("models", "summary"));
        GROUPS.put("Train one", List.of("recipes", "augment", "train", "compare"));
        GROUPS.put("Use it", List.of("evaluate", "predict", "explain", "embed", "import", "export"));
        GROUPS.put("Find a better one", List.of("search"));
        GROUPS.put("Learn how it works", List.of("notebook"));
        GROUPS.put("This machine", List.of("doctor", "bench", "completion"));
    }

    private static final String OTHERS = "More";
    private static final String HELP = "help";
    private static final String EXAMPLE = "  effnet ";

    private Overview() {}

    /**
     * The text, in lines of at most so many columns where words allow it.
     *
     * @param root the command line with all its commands
     * @param width columns
     * @param colours how the groups' names stand out
     */
    static String of(CommandLine root, int width, Ansi colours) {
        Map<String, CommandLine> commands = root.getSubcommands();
        int column =
                4 + commands.keySet().stream().mapToInt(String::length).max().orElse(0);
        StringBuilder text = new StringBuilder("Usage: effnet COMMAND ...\n");
        grouped(commands).forEach((group, names) -> {
            text.append('\n').append(colours.string("@|bold " + group + "|@")).append('\n');
            names.forEach(name -> text.append(entry(name, commands.get(name), column, width)));
        });
        return text.append("\n'effnet COMMAND --help' tells a command's options.\n")
                .toString();
    }

    /** The groups' commands as far as they exist; those in no group come last. */
    static Map<String, List<String>> grouped(Map<String, CommandLine> commands) {
        Map<String, List<String>> grouped = new LinkedHashMap<>();
        List<String> others = new ArrayList<>(commands.keySet());
        others.remove(HELP);
        GROUPS.forEach((group, names) -> {
            grouped.put(group, names.stream().filter(commands::containsKey).toList());
            others.removeAll(names);
        });
        if (!others.isEmpty()) {
            grouped.put(OTHERS, others);
        }
        return grouped;
    }

    private static String entry(String name, CommandLine command, int column, int width) {
        UsageMessageSpec help = command.getCommandSpec().usageMessage();
        String indent = " ".repeat(column);
        String description = String.join(" ", help.description());
        String lines = WordUtils.wrap(description, Math.max(20, width - column), "\n" + indent, false);
        String named = "  " + name + " ".repeat(column - 2 - name.length()) + lines + "\n";
        return named + example(help).map(line -> indent + line + "\n").orElse("");
    }

    private static Optional<String> example(UsageMessageSpec help) {
        return Arrays.stream(help.footer())
                .filter(line -> line.startsWith(EXAMPLE))
                .map(String::strip)
                .findFirst();
    }
}
