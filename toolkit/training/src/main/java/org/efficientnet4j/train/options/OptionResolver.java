package org.efficientnet4j.train.options;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.models.ModelDefinition;

/** Computes the value of every option from those that are set; a default may ask for other options' values. */
final class OptionResolver implements Settings {
    private final Map<TrainingOption<?>, Object> given;
    private final OptionNames names;
    private final Map<TrainingOption<?>, Optional<?>> resolved = new HashMap<>();
    private final Set<TrainingOption<?>> asked = new HashSet<>();
    private final NetworkLookup network;
    private ModelDefinition model;

    OptionResolver(Map<TrainingOption<?>, Object> given, OptionNames names, NetworkLookup network) {
        this.given = given;
        this.names = names;
        this.network = network;
    }

    /** An option that the user must give and did not. */
    static final class MissingOptionException extends InvalidInputException {
        private static final long serialVersionUID = 1L;

        MissingOptionException(String message) {
            super(message);
        }
    }

    @Override
    public <T> T get(TrainingOption<T> option) {
        return find(option)
                .orElseThrow(() -> new MissingOptionException(names.of(option) + " is missing: "
                        + option.remedyIfMissing().orElse("this run has none")));
    }

    @Override
    @SuppressWarnings("unchecked") // an option's values are of its type, see TrainingOptionsBuilder.set
    public <T> Optional<T> find(TrainingOption<T> option) {
        Optional<?> known = resolved.get(option);
        if (known != null) {
            return (Optional<T>) known;
        }
        if (!asked.add(option)) {
            throw new IllegalStateException("The default of " + option + " depends on itself");
        }
        try {
            Optional<T> value = resolve(option);
            resolved.put(option, value);
            return value;
        } finally {
            asked.remove(option);
        }
    }

    private <T> Optional<T> resolve(TrainingOption<T> option) {
        if (!option.used().test(this)) {
            return Optional.empty();
        }
        Optional<T> set = given(option);
        return set.isPresent()
                ? set.map(value -> option.completion().apply(value, this))
                : option.defaultValue().apply(this);
    }

    @Override
    @SuppressWarnings("unchecked") // as above
    public <T> Optional<T> given(TrainingOption<T> option) {
        return Optional.ofNullable((T) given.get(option));
    }

    @Override
    public ModelDefinition model() {
        if (model == null) {
            model = network.of(get(RunOptions.MODEL));
        }
        return model;
    }

    String name(TrainingOption<?> option) {
        return names.of(option);
    }

    /** Every option that the run has. */
    Map<TrainingOption<?>, Object> all() {
        Map<TrainingOption<?>, Object> values = new LinkedHashMap<>();
        for (TrainingOption<?> option : TrainingOption.all()) {
            if (option.remedyIfMissing().isPresent()) {
                get(option);
            }
            find(option).ifPresent(value -> values.put(option, value));
        }
        return values;
    }
}
