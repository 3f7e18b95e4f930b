package org.efficientnet4j.train.options;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** A part of the table of options: one group of config.yaml's keys. */
final class OptionTable {
    private final OptionGroup group;
    private final List<TrainingOption<?>> options = new ArrayList<>();

    /** @param group under which its options are listed, unless an entry says otherwise */
    OptionTable(OptionGroup group) {
        this.group = group;
    }

    /** Its options, in the order of their entries. */
    List<TrainingOption<?>> options() {
        return List.copyOf(options);
    }

    /** Begins an entry, which {@link Entry#add} ends. */
    <T> Entry<T> option(String path, OptionType<T> type) {
        return new Entry<>(this, path, type);
    }

    /** An option while it is written down. */
    static final class Entry<T> {
        final String path;
        final OptionType<T> type;
        OptionGroup group;
        List<String> flags = List.of();
        String valueName = "";
        String parameterName;
        String bareValue;
        String help;
        Optional<Range<T>> range = Optional.empty();
        String defaultText = "";
        String remedyIfMissing;
        boolean mayChange;
        boolean silentByDefault;
        Function<Settings, Optional<T>> defaultValue = settings -> Optional.empty();
        Predicate<Settings> used = settings -> true;
        BiFunction<T, Settings, T> completion = (value, settings) -> value;
        Supplier<Optional<TrainingOption<?>>> voided = Optional::empty;
        private final OptionTable table;

        private Entry(OptionTable table, String path, OptionType<T> type) {
            this.table = table;
            this.path = path;
            this.type = type;
            this.group = table.group;
            this.parameterName = path;
        }

        Entry<T> in(OptionGroup other) {
            group = other;
            return this;
        }

        /** Names on the command line, the preferred one first. */
        Entry<T> flag(String placeholder, String... names) {
            valueName = placeholder;
            flags = Arrays.asList(names);
            return this;
        }

        /** For what the command line takes without a flag. */
        Entry<T> parameter(String name) {
            parameterName = name;
            return this;
        }

        /** The value of a flag that is given without one. */
        Entry<T> bare(String value) {
            bareValue = value;
            return this;
        }

        Entry<T> help(String text) {
            help = text;
            return this;
        }

        Entry<T> range(Range<T> allowed) {
            range = Optional.of(allowed);
            return this;
        }

        Entry<T> byDefault(T value) {
            return byDefault(type.shown(value), settings -> value);
        }

        /** A default that depends on other options or on the model; it may be null for none. */
        Entry<T> byDefault(String text, Function<Settings, T> value) {
            defaultText = text;
            defaultValue = value.andThen(Optional::ofNullable);
            return this;
        }

        /** For an option that may stay without a value. */
        Entry<T> unset(String text) {
            defaultText = text;
            return this;
        }

        Entry<T> required(String remedy) {
            remedyIfMissing = remedy;
            defaultText = "required";
            return this;
        }

        Entry<T> mayChange() {
            mayChange = true;
            return this;
        }

        /** Keeps it out of config.yaml at its default: for options that files of earlier versions don't have. */
        Entry<T> silentByDefault() {
            silentByDefault = true;
            return this;
        }

        /** Options that a run has only under others' values. */
        Entry<T> usedIf(Predicate<Settings> condition) {
            used = condition;
            return this;
        }

        Entry<T> completed(BiFunction<T, Settings, T> by) {
            completion = by;
            return this;
        }

        Entry<T> voids(Supplier<TrainingOption<?>> other) {
            voided = () -> Optional.of(other.get());
            return this;
        }

        /** Enters it in the table. */
        TrainingOption<T> add() {
            TrainingOption<T> option = new TrainingOption<>(this);
            table.options.add(option);
            return option;
        }
    }
}
