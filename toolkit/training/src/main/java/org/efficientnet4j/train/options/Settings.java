package org.efficientnet4j.train.options;

import java.util.Optional;
import org.efficientnet4j.models.ModelDefinition;

/** The values of a run's options, set ones and defaults alike. */
public interface Settings {
    /**
     * The value of an option.
     *
     * @throws org.efficientnet4j.core.InvalidInputException if it has none
     */
    <T> T get(TrainingOption<T> option);

    /** The value of an option; empty if the run has none. */
    <T> Optional<T> find(TrainingOption<T> option);

    /** The value that the user gave an option, as it was given. */
    <T> Optional<T> given(TrainingOption<T> option);

    /** True if the user gave the option a value. */
    default boolean isSet(TrainingOption<?> option) {
        return given(option).isPresent();
    }

    /** The model that the run trains. */
    ModelDefinition model();
}
