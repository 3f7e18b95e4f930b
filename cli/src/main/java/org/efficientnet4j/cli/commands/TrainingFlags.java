package org.efficientnet4j.cli.commands;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.efficientnet4j.train.options.OptionGroup;
import org.efficientnet4j.train.options.Problems;
import org.efficientnet4j.train.options.RunOptions;
import org.efficientnet4j.train.options.ScheduleOptions;
import org.efficientnet4j.train.options.TrainingOption;
import org.efficientnet4j.train.options.TrainingOptions;
import org.efficientnet4j.train.options.TrainingOptionsBuilder;
import org.efficientnet4j.train.options.TransferOptions;
import org.efficientnet4j.train.run.ScheduleChange;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * Training's options as flags, made of {@link TrainingOption}'s table and listed by group. A flag that is not given leaves
 * its option to the configuration or its default.
 */
final class TrainingFlags {
    /** The library of trained weights when it is to be told by the tensors' names. */
    private static final String RECOGNISED = "auto";

    private TrainingFlags() {}

    /** Adds the flags to a command. */
    static void addTo(CommandSpec command) {
        addTo(command, Set.of());
    }

    /** Adds the flags to a command but those of some options. */
    static void addTo(CommandSpec command, Set<TrainingOption<?>> without) {
        Map<OptionGroup, List<OptionSpec>> groups = new LinkedHashMap<>();
        for (OptionGroup group : OptionGroup.values()) {
            groups.put(group, new ArrayList<>());
        }
        TrainingOption.all().stream()
                .filter(option -> !option.flags().isEmpty() && !without.contains(option))
                .forEach(option -> groups.get(option.group()).add(spec(option)));
        int place = 0;
        for (Map.Entry<OptionGroup, List<OptionSpec>> group : groups.entrySet()) {
            command.addArgGroup(group(place++, group.getKey(), group.getValue()));
        }
    }

    private static ArgGroupSpec group(int place, OptionGroup group, List<OptionSpec> specs) {
        ArgGroupSpec.Builder builder = ArgGroupSpec.builder()
                .exclusive(false)
                .validate(false)
                .multiplicity("0..1")
                .order(place)
                .heading("%n" + group.title() + "%n");
        specs.forEach(builder::addArg);
        return builder.build();
    }

    private static OptionSpec spec(TrainingOption<?> option) {
        String[] names = option.flags().toArray(String[]::new);
        String text = option.help() + " Default: " + option.defaultText() + ".";
        OptionSpec.Builder builder = OptionSpec.builder(names).description(text.replace("%", "%%"));
        if (option.isSwitch()) {
            // Picocli takes "true" and "false" alone, so that --strict=false overrides a file.
            return builder.arity("0..1")
                    .fallbackValue("true")
                    .type(Boolean.class)
                    .paramLabel("BOOLEAN")
                    .build();
        }
        builder.type(String.class).paramLabel(option.valueName());
        option.valueOfBareFlag().ifPresent(value -> builder.arity("0..1").fallbackValue(value));
        return builder.build();
    }

    /** Gives a builder the options that were typed; notes those that can't be read. */
    static void apply(ParseResult typed, TrainingOptionsBuilder builder, Problems problems) {
        apply(typed, builder, problems, Set.of());
    }

    /** Does the same but for some options. */
    static void apply(
            ParseResult typed, TrainingOptionsBuilder builder, Problems problems, Set<TrainingOption<?>> without) {
        for (TrainingOption<?> option : TrainingOption.all()) {
            if (without.contains(option)) {
                continue;
            }
            Optional<OptionSpec> given = given(typed, option);
            given.ifPresent(spec -> problems.attempt(() -> set(option, nameTyped(typed, option), spec, builder)));
        }
    }

    /** The epochs that were typed, if they are a number; others are told by {@link #apply}. */
    static Optional<Integer> epochs(ParseResult typed) {
        TrainingOptionsBuilder builder = TrainingOptions.builder();
        given(typed, RunOptions.EPOCHS)
                .ifPresent(spec -> new Problems().attempt(() -> set(RunOptions.EPOCHS, "--epochs", spec, builder)));
        return builder.find(RunOptions.EPOCHS);
    }

    /** The change of the schedule that was asked for in place of a shape. */
    static Optional<ScheduleChange> scheduleChange(ParseResult typed) {
        return given(typed, ScheduleOptions.SHAPE).flatMap(spec -> scheduleChange(text(spec)));
    }

    private static Optional<ScheduleChange> scheduleChange(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "extend" -> Optional.of(ScheduleChange.EXTEND);
            case "restart" -> Optional.of(ScheduleChange.RESTART);
            default -> Optional.empty();
        };
    }

    private static <T> TrainingOptionsBuilder set(
            TrainingOption<T> option, String name, OptionSpec spec, TrainingOptionsBuilder builder) {
        String text = text(spec);
        if (option.equals(TransferOptions.SOURCE) && text.equalsIgnoreCase(RECOGNISED)) {
            return builder.unset(option);
        }
        if (option.equals(ScheduleOptions.SHAPE) && scheduleChange(text).isPresent()) {
            return builder;
        }
        return builder.set(option, name, text);
    }

    private static Optional<OptionSpec> given(ParseResult typed, TrainingOption<?> option) {
        return option.flags().stream()
                .findFirst()
                .map(typed::matchedOption)
                .filter(spec -> !spec.stringValues().isEmpty() || option.isSwitch());
    }

    private static String text(OptionSpec spec) {
        return String.valueOf(spec.<Object>getValue());
    }

    /** The one of an option's names that the user wrote. */
    private static String nameTyped(ParseResult typed, TrainingOption<?> option) {
        List<String> names = option.flags();
        return typed.expandedArgs().stream()
                .map(argument -> argument.replaceFirst("=.*", ""))
                .filter(names::contains)
                .findFirst()
                .orElse(names.get(0));
    }
}
