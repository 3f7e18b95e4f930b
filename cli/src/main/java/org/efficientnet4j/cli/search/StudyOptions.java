package org.efficientnet4j.cli.search;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.search.specification.StudySpecification;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The options that make a study what it is: a resumed command need not repeat them and may not change them. */
final class StudyOptions {
    /** Compared as networks, not as names. */
    private static final String BASE = "--base";

    private StudyOptions() {}

    /**
     * Takes a study's specification over into a command, wherever its option was not given.
     *
     * @param begins the name of the command by which the studies are begun that this one goes on with
     * @throws InvalidInputException if the study was begun by another command
     */
    static void adopt(StudySpecification begun, String begins, CommandSpec command, ParseResult given) {
        if (!begins.equals(begun.space().command())) {
            throw new InvalidInputException("The study was begun by 'search "
                    + begun.space().command() + "', found 'search " + command.name()
                    + "': go on with the former, or name another --study");
        }
        Map<String, String> flags = begun.flags();
        for (OptionSpec option : command.options()) {
            String value = flags.get(option.longestName());
            if (value != null && !given.hasMatchedOption(option)) {
                option.setValue(convert(option, value));
            }
        }
    }

    /**
     * Refuses a search that is another one than the study's.
     *
     * @throws InvalidInputException naming the option that differs
     */
    static void requireSame(StudySpecification begun, StudySpecification given) {
        StudySpecification wanted = begun.withAbsoluteData().withTrials(given.trials());
        StudySpecification found = given.withAbsoluteData();
        if (wanted.equals(found)) {
            return;
        }
        Map<String, String> before = wanted.flags();
        Map<String, String> now = found.flags();
        Set<String> names = new TreeMap<>(before).keySet();
        for (String name : names) {
            String value = now.get(name);
            if (!name.equals(BASE) && !before.get(name).equals(value)) {
                throw differs(name + " " + before.get(name), value == null ? "none" : value);
            }
        }
        for (String name : now.keySet()) {
            if (!before.containsKey(name)) {
                throw differs("no " + name, now.get(name));
            }
        }
        throw differs(
                BASE + " " + begun.base().name(),
                "another network, " + given.base().name());
    }

    private static InvalidInputException differs(String begun, String found) {
        return new InvalidInputException("The study was begun with " + begun + ", found " + found
                + ": leave the option out, or name another --study");
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
        if (type == String.class) {
            return value;
        }
        throw new IllegalStateException(
                "A study keeps numbers, names and texts; " + option.longestName() + " is a " + type.getName());
    }
}
