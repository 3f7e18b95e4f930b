package org.efficientnet4j.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.efficientnet4j.train.options.OptionGroup;
import org.efficientnet4j.train.options.TrainingOption;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The reference page of the commands, {@code docs/commands.md}, as Markdown: made of picocli's model of them. */
final class CommandsPage {
    /** The command that writes the page. */
    static final String RENEWAL = "mvn -q -pl cli -am test -Dtest=CommandsPageTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dspotless.check.skip -Defficientnet4j.renewPages";

    private static final String HEAD = """
            # Commands

            Every command of `./effnet` with its arguments, options and defaults. This page is written from the command
            line's own tables, as `./effnet COMMAND --help` is; `%s` renews it.

            Exit codes: 0 success; 1 failure while running (a full disk, no usable image, a problem that `doctor` found); 2
            input or options that cannot be used. With `--json` standard output holds JSON alone; messages, progress and logs
            go to standard error. `@FILE` among the arguments stands for the words in FILE.

            Environment:

            | variable | |
            |---|---|
            | `EFFNET_JAVA` | A JDK's folder (or its `java`), instead of the newest found. |
            | `EFFNET_JAVA_OPTS` | More flags for the JVM, such as `-Xmx12g`; quotes keep blanks: `-Dname="a b"`. |
            | `EFFNET_BACKEND` | `cpu` (default) or `cuda`, see [CUDA](cuda.md). |
            | `EFFNET_DEBUG` | Any value: stack traces with errors, as `--stacktrace`. |
            | `EFFNET_CACHE` | The folder of downloads (`~/.cache/efficientnet4j`). |
            | `EFFNET_MAX_PIXELS` | The most pixels an image may have, see [data](data.md#images). |
            | `EFFNET_ALLOW_HTTP` | `true`: downloads over plain http, see [data](data.md#downloads). |
            | `EFFNET_PYTHON` | The Python whose PyTorch `bench --peers` runs. |

            Every command takes:

            | option | |
            |---|---|
            """;

    /** The text in brackets at a description's end, which is the default by this command line's convention. */
    private static final Pattern DEFAULT = Pattern.compile("(.*?),? \\(([^()]*)\\)\\.", Pattern.DOTALL);

    private static final String TRAINING_OPTIONS = "training-options.md";
    private static final Set<String> EVERYWHERE = Set.of("--help", "--version", "--verbose", "--stacktrace");
    private static final String HELP = "help";

    private CommandsPage() {}

    /** Every command as it is parsed. */
    static CommandLine commands() {
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        return Effnet.commandLine(nowhere, nowhere, new ErrorReporter(nowhere, false));
    }

    static String markdown() {
        CommandLine root = commands();
        StringBuilder page = new StringBuilder(HEAD.formatted(RENEWAL));
        root.getCommandSpec().options().forEach(option -> page.append("| ")
                .append(names(option))
                .append(" | ")
                .append(escaped(description(option.description())))
                .append(" |\n"));
        Overview.grouped(root.getSubcommands()).forEach((group, names) -> {
            page.append("\n## ").append(group).append('\n');
            names.forEach(name -> page.append(section(root.getSubcommands().get(name), 3, List.of())));
        });
        return page.toString();
    }

    /** A command's section; shared rows have been shown before. */
    private static String section(CommandLine command, int level, List<String> shared) {
        CommandSpec spec = command.getCommandSpec();
        StringBuilder text = new StringBuilder("\n" + "#".repeat(level) + " " + spec.qualifiedName() + "\n\n");
        text.append(escaped(description(spec.usageMessage().description()))).append("\n");
        List<String> footer = lines(spec.usageMessage().footer());
        String more = footer.stream()
                .takeWhile(line -> !line.startsWith("Example"))
                .map(CommandsPage::escaped)
                .collect(Collectors.joining("\n"))
                .strip();
        if (!more.isEmpty()) {
            text.append('\n').append(more).append('\n');
        }
        String examples = footer.stream()
                .filter(line -> line.startsWith("  "))
                .map(String::strip)
                .collect(Collectors.joining("\n"));
        if (!examples.isEmpty()) {
            text.append("\n```\n").append(examples).append("\n```\n");
        }
        List<String> rows = new ArrayList<>(rowsOf(spec));
        if (rows.removeAll(shared)) {
            text.append("\nThe shared options above, and:\n");
        }
        text.append(table(rows)).append(trainingOptions(spec));
        List<CommandLine> below = commandsBelow(command);
        Shared common = Shared.by(below);
        if (!common.rows().isEmpty()) {
            text.append("\nOptions that ")
                    .append(common.commands())
                    .append(" share:\n")
                    .append(table(common.rows()));
        }
        below.forEach(each -> text.append(section(each, level + 1, common.rows())));
        return text.toString();
    }

    /**
     * Rows that several commands have alike.
     *
     * @param commands their names, for a sentence
     * @param rows what they have in common, empty where that is little
     */
    private record Shared(String commands, List<String> rows) {
        private static final int WORTH_A_TABLE = 5;

        /** The commands that have most in common. */
        static Shared by(List<CommandLine> commands) {
            Map<String, List<String>> owners = new LinkedHashMap<>();
            for (CommandLine command : commands) {
                CommandSpec spec = command.getCommandSpec();
                rowsOf(spec).forEach(row -> owners.computeIfAbsent(row, none -> new ArrayList<>())
                        .add(code(spec.name())));
            }
            Map<List<String>, List<String>> alike = new LinkedHashMap<>();
            owners.forEach((row, names) -> {
                if (names.size() > 1) {
                    alike.computeIfAbsent(names, none -> new ArrayList<>()).add(row);
                }
            });
            return alike.entrySet().stream()
                    .filter(group -> group.getValue().size() >= WORTH_A_TABLE)
                    .max(Comparator.comparingInt(group -> group.getValue().size()))
                    .map(group -> new Shared(String.join(", ", group.getKey()), group.getValue()))
                    .orElse(new Shared("", List.of()));
        }
    }

    private static List<CommandLine> commandsBelow(CommandLine command) {
        return command.getSubcommands().entrySet().stream()
                .filter(below -> !below.getKey().equals(HELP))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Arguments, then options as they are listed by --help, without those that training's table describes. */
    private static List<String> rowsOf(CommandSpec spec) {
        Set<String> described = trainingFlags();
        List<String> rows = new ArrayList<>();
        boolean grouped = !spec.argGroups().isEmpty();
        for (PositionalParamSpec parameter : spec.positionalParameters()) {
            String label = parameter.paramLabel() + (parameter.arity().max() > 1 ? "..." : "");
            rows.add(row(
                    code(label),
                    parameter.arity().min() > 0 ? "required" : "",
                    description(parameter.description()),
                    false));
        }
        for (OptionSpec option : spec.options()) {
            boolean common = EVERYWHERE.contains(option.longestName());
            boolean training = grouped && option.group() != null && described.contains(option.longestName());
            if (!common && !training && !option.hidden()) {
                rows.add(row(option));
            }
        }
        return rows;
    }

    private static String table(List<String> rows) {
        return rows.isEmpty() ? "" : "\n| option | default | |\n|---|---|---|\n" + String.join("", rows);
    }

    private static String row(OptionSpec option) {
        String description = description(option.description());
        if (option.required()) {
            return row(names(option), "required", description, false);
        }
        if (option.arity().max() == 0) {
            return row(names(option), "off", description, false);
        }
        return row(names(option), "", description, true);
    }

    private static String row(String names, String standard, String description, boolean defaultInText) {
        Matcher bracketed = DEFAULT.matcher(description);
        boolean split = defaultInText && bracketed.matches();
        return "| " + names + " | " + escaped(split ? bracketed.group(2) : standard) + " | "
                + escaped(split ? bracketed.group(1) + "." : description) + " |\n";
    }

    /** A pointer to training's options, for the commands that take them. */
    private static String trainingOptions(CommandSpec spec) {
        List<OptionSpec> grouped =
                spec.options().stream().filter(option -> option.group() != null).toList();
        Set<String> taken = grouped.stream()
                .flatMap(option -> Arrays.stream(option.names()))
                .collect(Collectors.toSet());
        if (taken.isEmpty()) {
            return "";
        }
        String groups = Arrays.stream(OptionGroup.values())
                .map(group -> group.title().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        String without = TrainingOption.all().stream()
                .flatMap(option -> option.flags().stream())
                .filter(flag -> !taken.contains(flag))
                .map(CommandsPage::code)
                .collect(Collectors.joining(", "));
        return "\nAnd the [training options](" + TRAINING_OPTIONS + ") of all groups (" + groups + ")"
                + (without.isEmpty() ? "" : " but " + without) + ".\n";
    }

    private static Set<String> trainingFlags() {
        return TrainingOption.all().stream()
                .flatMap(option -> option.flags().stream())
                .collect(Collectors.toSet());
    }

    private static String names(OptionSpec option) {
        String label = option.paramLabel();
        String value = option.arity().max() == 0 ? "" : option.arity().min() == 0 ? "[=" + label + "]" : " " + label;
        Stream<String> names = Arrays.stream(option.names());
        return code(String.join(", ", names.toList()) + value);
    }

    /** The lines with picocli's variables and escapes resolved. */
    private static String description(String[] lines) {
        return Stream.of(lines)
                .map(CommandsPage::plain)
                .collect(Collectors.joining(" "))
                .strip();
    }

    private static List<String> lines(String[] lines) {
        return Stream.of(lines).map(CommandsPage::plain).toList();
    }

    private static String plain(String line) {
        return Ansi.OFF.string(line).replace("%%", "%");
    }

    private static String code(String text) {
        return "`" + text.replace("|", "\\|") + "`";
    }

    private static String escaped(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*");
    }
}
