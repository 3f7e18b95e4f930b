package org.efficientnet4j.train.options;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.data.source.SplitOptions;
import org.efficientnet4j.models.ModelDefinition;

/**
 * Collects values of options; {@link #build} fills in the others. A later value replaces an earlier one, as flags replace
 * a file.
 *
 * <pre>{@code
 * TrainingOptions options = TrainingOptions.builder()
 *         .set(RunOptions.MODEL, "efficientnet_v2_b0")
 *         .set(DataOptions.SOURCE, "shapes")
 *         .set(RunOptions.EPOCHS, 3)
 *         ...
 * }</pre>
 */
public final class TrainingOptionsBuilder {
    private final Map<TrainingOption<?>, Object> values = new HashMap<>();
    private final Map<TrainingOption<?>, String> typed = new HashMap<>();
    private OptionNames names = OptionNames.KEYS;
    private NetworkLookup network = NetworkLookup.BY_NAME;

    TrainingOptionsBuilder() {}

    /** Gives an option a value. */
    public <T> TrainingOptionsBuilder set(TrainingOption<T> option, T value) {
        put(option, value);
        typed.remove(option);
        return this;
    }

    /**
     * Gives an option a value that was typed.
     *
     * @param name what was typed to name it, such as {@code --epochs}; messages call it so
     * @throws InvalidInputException if the text is no value of the option's type
     */
    public <T> TrainingOptionsBuilder set(TrainingOption<T> option, String name, String text) {
        put(option, option.type().read(name, text));
        typed.put(option, name);
        return this;
    }

    /** Takes an option's value back. */
    public TrainingOptionsBuilder unset(TrainingOption<?> option) {
        values.remove(option);
        typed.remove(option);
        return this;
    }

    /** Lets messages call the options that are not set by the flags of the command line instead of the keys of a file. */
    public TrainingOptionsBuilder namedByFlags() {
        names = OptionNames.FLAGS;
        return this;
    }

    /** Takes the run's network from elsewhere than the catalogue and the architecture files, as runs to be resumed do. */
    public TrainingOptionsBuilder network(NetworkLookup lookup) {
        network = lookup;
        return this;
    }

    /**
     * The network of the run.
     *
     * @throws InvalidInputException if the model is missing or unknown
     */
    public ModelDefinition model() {
        return resolver().model();
    }

    /** The value given so far. */
    @SuppressWarnings("unchecked") // put takes values of the option's type alone
    public <T> Optional<T> find(TrainingOption<T> option) {
        return Optional.ofNullable((T) values.get(option));
    }

    /** True if the option was given a value. */
    public boolean isSet(TrainingOption<?> option) {
        return values.containsKey(option);
    }

    /** A builder with the same values, which changes apart from this one. */
    public TrainingOptionsBuilder copy() {
        TrainingOptionsBuilder copy = new TrainingOptionsBuilder();
        copy.names = names;
        copy.network = network;
        return copy.putAll(this);
    }

    /** Takes over what another builder sets; it wins where both do. */
    public TrainingOptionsBuilder putAll(TrainingOptionsBuilder other) {
        other.values.keySet().forEach(typed::remove);
        values.putAll(other.values);
        typed.putAll(other.typed);
        return this;
    }

    /** The name by which messages call an option. */
    public String name(TrainingOption<?> option) {
        if (typed.containsKey(option)) {
            return typed.get(option);
        }
        return isSet(option) ? option.path() : names.of(option);
    }

    /** The division of a source without held-out images of its own. */
    public SplitOptions split() {
        OptionResolver options = resolver();
        return new SplitOptions(
                options.get(DataOptions.VALIDATION_FRACTION),
                options.get(RunOptions.SEED),
                options.get(DataOptions.SPLIT));
    }

    /** Notes every mistake that can be told from what is set so far, but for options that are missing. */
    public void check(Problems problems) {
        Set<TrainingOption<?>> faulty = new HashSet<>();
        for (TrainingOption<?> option : TrainingOption.all()) {
            checkRange(option, faulty, problems);
        }
        OptionRules.check(resolver(), faulty, problems);
    }

    private <T> void checkRange(TrainingOption<T> option, Set<TrainingOption<?>> faulty, Problems problems) {
        Optional<Range<T>> range = option.range();
        Optional<T> value = find(option);
        if (range.isPresent() && value.isPresent() && !range.get().test().test(value.get())) {
            faulty.add(option);
            problems.add(name(option) + " " + range.get().rule() + ", found " + value.get());
        }
    }

    /**
     * The value of an option.
     *
     * @throws InvalidInputException if it is not set, with the remedy
     */
    public <T> T require(TrainingOption<T> option) {
        return resolver().get(option);
    }

    /**
     * The options with every default filled in. Size, dropout and normalisation come from the model, which need not be
     * known if all three are set and size does not grow.
     *
     * @throws InvalidInputException that names every missing and every wrong value, or an unknown model
     */
    public TrainingOptions build() {
        Problems problems = new Problems();
        check(problems);
        for (TrainingOption<?> option : TrainingOption.all()) {
            if (option.remedyIfMissing().isPresent()) {
                problems.attempt(() -> require(option));
            }
        }
        problems.throwIfAny();
        return new TrainingOptions(resolver().all(), typed, network);
    }

    private OptionResolver resolver() {
        return new OptionResolver(values, this::name, network);
    }

    private <T> void put(TrainingOption<T> option, T value) {
        find(option)
                .filter(earlier -> !earlier.equals(value))
                .flatMap(earlier -> option.voided())
                .ifPresent(this::unset);
        values.put(option, value);
    }
}
