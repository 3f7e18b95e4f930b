package org.efficientnet4j.train.options;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.train.progressive.ProgressiveRange;
import org.efficientnet4j.train.progressive.ProgressiveSchedule;
import org.efficientnet4j.train.progressive.ProgressiveSchedule.Division;
import org.efficientnet4j.train.progressive.Strengths;

/**
 * Everything that decides how a training run goes, fully resolved: the content of a run directory's config.yaml. Immutable;
 * {@link TrainingOption} tells where the options are listed.
 */
public final class TrainingOptions implements Settings {
    private final Map<TrainingOption<?>, Object> values;
    private final Map<TrainingOption<?>, String> typed;
    private final NetworkLookup network;

    /**
     * @param typed the names of those that were typed, for messages
     * @param network finds the model's network
     */
    TrainingOptions(
            Map<TrainingOption<?>, Object> values, Map<TrainingOption<?>, String> typed, NetworkLookup network) {
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        this.typed = Map.copyOf(typed);
        this.network = network;
    }

    /** A builder whose unset options take their defaults. */
    public static TrainingOptionsBuilder builder() {
        return new TrainingOptionsBuilder();
    }

    /**
     * The value of an option.
     *
     * @throws IllegalArgumentException if a run under these options has no such value
     */
    @Override
    public <T> T get(TrainingOption<T> option) {
        return find(option)
                .orElseThrow(() -> new IllegalArgumentException("A run under these options has no " + option));
    }

    @Override
    @SuppressWarnings("unchecked") // resolved from a builder, which takes values of the option's type alone
    public <T> Optional<T> find(TrainingOption<T> option) {
        return Optional.ofNullable((T) values.get(option));
    }

    @Override
    public <T> Optional<T> given(TrainingOption<T> option) {
        return find(option);
    }

    @Override
    public ModelDefinition model() {
        return network.of(get(RunOptions.MODEL));
    }

    /** The name by which messages call an option: the flag that set it, or its key in config.yaml. */
    public String name(TrainingOption<?> option) {
        return typed.getOrDefault(option, option.path());
    }

    boolean isTyped(TrainingOption<?> option) {
        return typed.containsKey(option);
    }

    /** The phases of the run. */
    public ProgressiveSchedule phases() {
        int epochs = get(RunOptions.EPOCHS);
        int batch = get(DataOptions.BATCH);
        return switch (get(ProgressiveOptions.MODE)) {
            case OFF -> {
                Strengths strengths = RegularizationOptions.strengths(this);
                ProgressiveRange range =
                        new ProgressiveRange(get(DataOptions.SIZE), get(DataOptions.SIZE), strengths, strengths);
                yield ProgressiveSchedule.fixed(range, epochs, batch);
            }
            case EXPLICIT -> new ProgressiveSchedule(PhasePlan.phases(get(ProgressiveOptions.PLAN)));
            case PAPER -> ProgressiveSchedule.paper(range(), division());
            case AUTOML -> ProgressiveSchedule.automl(range(), division());
        };
    }

    private ProgressiveRange range() {
        return new ProgressiveRange(
                get(ProgressiveOptions.MIN_SIZE),
                get(DataOptions.SIZE),
                ProgressiveOptions.minimum(this),
                RegularizationOptions.strengths(this));
    }

    private Division division() {
        return new Division(
                get(ProgressiveOptions.PHASES),
                get(RunOptions.EPOCHS),
                get(DataOptions.BATCH),
                get(ProgressiveOptions.SIZE_MULTIPLE),
                get(ProgressiveOptions.CONSTANT_MEMORY));
    }

    /** The strongest stochastic depth of any phase, with which the network is built. */
    public double mostDropConnect() {
        return phases().phases().stream()
                .mapToDouble(phase -> phase.strengths().dropConnectRate())
                .max()
                .orElseThrow();
    }

    /** A builder with every one of these values, to make other options of. */
    public TrainingOptionsBuilder toBuilder() {
        TrainingOptionsBuilder builder = builder().network(network);
        values.keySet().forEach(option -> copy(option, builder));
        return builder;
    }

    private <T> void copy(TrainingOption<T> option, TrainingOptionsBuilder into) {
        into.set(option, get(option));
    }

    /**
     * Refuses to continue a run under options that would make it another run. Only what cannot change the result may
     * differ: workers, checkpoints (of weights and of activations), patience. The model may be named otherwise, or its file
     * be gone, as long as no other network is named.
     *
     * @param stored the options the run was started with
     * @throws InvalidInputException naming each option that differs, with both values
     */
    public void requireContinues(TrainingOptions stored) {
        List<String> differences = new ArrayList<>();
        for (TrainingOption<?> option : TrainingOption.all()) {
            Optional<String> difference = option.equals(RunOptions.MODEL)
                    ? NetworkIdentity.difference(this, stored)
                    : difference(option, stored);
            difference
                    .filter(found -> !option.mayChange())
                    .ifPresent(found -> differences.add(name(option) + " (" + found + ")"));
        }
        if (!differences.isEmpty()) {
            throw new InvalidInputException("A run is resumed with the options it was started with; these differ: "
                    + String.join(", ", differences) + ". Leave them out, or start a new run in another directory");
        }
    }

    private Optional<String> difference(TrainingOption<?> option, TrainingOptions stored) {
        return find(option).equals(stored.find(option))
                ? Optional.empty()
                : Optional.of(stored.shown(option) + ", now " + shown(option));
    }

    private <T> String shown(TrainingOption<T> option) {
        return find(option).map(option.type()::shown).orElse("not set");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TrainingOptions that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return "TrainingOptions" + values;
    }
}
