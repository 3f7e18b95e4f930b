package org.efficientnet4j.cli.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.efficientnet4j.core.InvalidInputException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The options that make a study what it is, as the study keeps them: under others it does not go on. A resumed command
 * need not repeat them.
 */
final class StudyOptions {
    /** How a study is worked on may change from run to run. */
    private static final Set<String> OF_THE_RUN = Set.of(
            "--study",
            "--resume",
            "--parallel",
            "--max-trials",
            "--dry-run",
            "--json",
            "--runner",
            "--ui",
            "--help",
            "--version",
            "--verbose",
            "--stack-trace");
    /** A study may get more trials. */
    private static final String TRIALS = "--trials";

    private static final String SEARCH = "search";
    private static final ObjectMapper JSON = new ObjectMapper();

    private StudyOptions() {}

    /** The command's options as the study's settings, one line of JSON. */
    static String write(CommandSpec command) {
        Map<String, String> settings = new TreeMap<>();
        settings.put(SEARCH, command.name());
        for (OptionSpec option : command.options()) {
            Object value = option.getValue();
            if (!OF_THE_RUN.contains(option.longestName()) && value != null) {
                settings.put(option.longestName(), String.valueOf(value));
            }
        }
        try {
            return JSON.writeValueAsString(settings);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A map of strings must be writable", e);
        }
    }

    /** A study's settings by option; {@code search} is the command. */
    static Map<String, String> read(String settings) {
        try {
            return JSON.readValue(settings, new TypeReference<TreeMap<String, String>>() {});
        } catch (JsonProcessingException e) {
            throw new InvalidInputException("The study was not begun by effnet search: name another --study", e);
        }
    }

    /**
     * Takes a study's settings over into a command, wherever its option was not given.
     *
     * @throws InvalidInputException if an option was given another value than the study's
     */
    static void adopt(String settings, CommandSpec command, ParseResult given) {
        Map<String, String> stored = read(settings);
        String search = stored.get(SEARCH);
        if (!command.name().equals(search)) {
            throw new InvalidInputException("The study was begun by 'search " + search + "', found 'search "
                    + command.name() + "': go on with the former, or name another --study");
        }
        for (OptionSpec option : command.options()) {
            String name = option.longestName();
            String value = stored.get(name);
            if (OF_THE_RUN.contains(name)) {
                continue;
            }
            if (!given.hasMatchedOption(option)) {
                option.setValue(value == null ? null : convert(option, value));
            } else if (!name.equals(TRIALS)
                    && !String.valueOf(option.<Object>getValue()).equals(value)) {
                throw new InvalidInputException("The study was begun with " + name + " " + value + ", found "
                        + option.getValue() + ": leave the option out, or name another --study");
            }
        }
    }

    private static Object convert(OptionSpec option, String value) {
        Class<?> type = option.type();
        if (type.isEnum()) {
            for (Object constant : type.getEnumConstants()) {
                if (constant.toString().equals(value)) {
                    return constant;
                }
            }
        }
        if (type == int.class || type == Integer.class) {
            return Integer.valueOf(value);
        }
        if (type == long.class || type == Long.class) {
            return Long.valueOf(value);
        }
        if (type == double.class || type == Double.class) {
            return Double.valueOf(value);
        }
        if (type == boolean.class || type == Boolean.class) {
            return Boolean.valueOf(value);
        }
        if (type == String.class) {
            return value;
        }
        throw new IllegalStateException(
                "A study keeps numbers, names and texts; " + option.longestName() + " is a " + type.getName());
    }
}
