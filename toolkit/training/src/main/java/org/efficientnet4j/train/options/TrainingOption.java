package org.efficientnet4j.train.options;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One option of a training: the entry from which the builder, config.yaml, the command line, messages and the reference
 * page derive. The entries are the constants of {@link RunOptions}, {@link DataOptions}, {@link OptimizerOptions},
 * {@link ScheduleOptions}, {@link RegularizationOptions}, {@link ErasingOptions}, {@link ProgressiveOptions},
 * {@link ValidationOptions} and {@link TransferOptions}; {@link #all} lists them.
 *
 * @param <T> type of its values
 */
public final class TrainingOption<T> {
    private final OptionTable.Entry<T> entry;

    TrainingOption(OptionTable.Entry<T> entry) {
        this.entry = entry;
        Objects.requireNonNull(entry.help, "help");
    }

    /** Every option, in the order of config.yaml. */
    public static List<TrainingOption<?>> all() {
        return AllOptions.LIST;
    }

    /** Its place in config.yaml: keys from the outermost group on, separated by dots. */
    public String path() {
        return entry.path;
    }

    /** The heading under which help texts list it. */
    public OptionGroup group() {
        return entry.group;
    }

    /** Its names on the command line, the preferred one first; empty if it is set by other means. */
    public List<String> flags() {
        return List.copyOf(entry.flags);
    }

    /** Placeholder of its value in help texts. */
    public String valueName() {
        return entry.valueName;
    }

    /** The value of a flag that is given without one; empty if the flag needs a value. */
    public Optional<String> valueOfBareFlag() {
        return Optional.ofNullable(entry.bareValue);
    }

    /** True for options that are on or off, whose flag takes no value. */
    public boolean isSwitch() {
        return entry.type.equals(OptionType.FLAG);
    }

    /** Its meaning in a sentence or two, for help texts. */
    public String help() {
        return entry.help;
    }

    /** The values allowed, in words: "a number in [0, 1)". */
    public String values() {
        return entry.type.what()
                + entry.range.map(range -> " " + range.extent()).orElse("");
    }

    /** Its default in words, or the value itself. */
    public String defaultText() {
        return entry.defaultText;
    }

    /** True if a resumed run may have another value, since it does not change the result. */
    boolean mayChange() {
        return entry.mayChange;
    }

    /** True if config.yaml leaves it out at its default. */
    boolean silentByDefault() {
        return entry.silentByDefault;
    }

    OptionType<T> type() {
        return entry.type;
    }

    Optional<Range<T>> range() {
        return entry.range;
    }

    /** Told to a user who left out an option that has no default. */
    Optional<String> remedyIfMissing() {
        return Optional.ofNullable(entry.remedyIfMissing);
    }

    Function<Settings, Optional<T>> defaultValue() {
        return entry.defaultValue;
    }

    /** Decides from the other options if a run has this one at all. */
    Predicate<Settings> used() {
        return entry.used;
    }

    /** Makes of a set value the one that the run has. */
    BiFunction<T, Settings, T> completion() {
        return entry.completion;
    }

    /** The option whose value no longer holds when this one changes. */
    Optional<TrainingOption<?>> voided() {
        return entry.voided.get();
    }

    /** Its name to a user of the command line: the preferred flag, or the parameter that it is. */
    String flagName() {
        return entry.flags.isEmpty() ? entry.parameterName : entry.flags.get(0);
    }

    @Override
    public String toString() {
        return path();
    }
}
