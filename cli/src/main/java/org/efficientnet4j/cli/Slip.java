package org.efficientnet4j.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.efficientnet4j.core.text.NearestNames;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** A slip on the command line, told in one line: the option or command, and the nearest that exist. */
final class Slip {
    /** The parser's message about a value's type; those of this program's converters say themselves what must be. */
    private static final Pattern PARSERS_OWN = Pattern.compile(" is not an? \\w+$| \\(case-(in)?sensitive\\) but was ");

    private Slip() {}

    /** The line for what the parser refused. */
    static String describe(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched) {
            return unknown(unmatched);
        }
        if (e.getArgSpec() != null
                && e.getValue() != null
                && PARSERS_OWN.matcher(e.getMessage()).find()) {
            return name(e.getArgSpec()) + " must be " + kind(e.getArgSpec().type()) + ", found '" + e.getValue() + "'.";
        }
        return e.getMessage();
    }

    private static String unknown(UnmatchedArgumentException e) {
        CommandSpec command = e.getCommandLine().getCommandSpec();
        String typed = e.getUnmatched().get(0);
        if (e.isUnknownOption()) {
            List<String> options = e.getUnmatched().stream()
                    .filter(one -> one.startsWith("-"))
                    .map(one -> one.replaceFirst("=.*", ""))
                    .toList();
            List<String> names = new ArrayList<>();
            command.options().stream()
                    .filter(known -> !known.hidden())
                    .forEach(known -> names.addAll(List.of(known.names())));
            return (options.size() == 1 ? "Unknown option '" : "Unknown options '") + String.join("', '", options)
                    + "'." + nearest("", options.get(0), names);
        }
        if (command.subcommands().isEmpty()) {
            return "Unexpected argument '" + typed + "'.";
        }
        return "Unknown command '" + typed + "'."
                + nearest(
                        command.qualifiedName() + " ",
                        typed,
                        command.subcommands().keySet());
    }

    private static String nearest(String prefix, String typed, Collection<String> names) {
        List<String> nearest = NearestNames.of(typed, names);
        return nearest.isEmpty() ? "" : " Did you mean: " + prefix + String.join(" or " + prefix, nearest) + "?";
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    private static String kind(Class<?> type) {
        if (type.isEnum()) {
            List<String> names = new ArrayList<>();
            for (Object constant : type.getEnumConstants()) {
                names.add(constant.toString().toLowerCase(Locale.ROOT));
            }
            return "one of " + String.join(", ", names);
        }
        return switch (type.getSimpleName()) {
            case "int", "long", "Integer", "Long" -> "a whole number";
            case "double", "float", "Double", "Float" -> "a number";
            case "boolean", "Boolean" -> "true or false";
            default -> "a " + type.getSimpleName();
        };
    }
}
