package org.efficientnet4j.train.options;

import java.util.Optional;

/** The invariants of runs on images with an alpha channel, which operations on colours do not know. */
final class AlphaRules {
    private AlphaRules() {}

    static Optional<String> violation(OptionResolver options) {
        if (options.get(DataOptions.CHANNELS) <= 3) {
            return Optional.empty();
        }
        if (options.get(DataOptions.AUGMENTATION).learnt().isPresent()) {
            return Optional.of(message(options, DataOptions.AUGMENTATION, "standard or none"));
        }
        return OptionRules.violated(
                options.get(RegularizationOptions.RAND_AUGMENT) > 0,
                message(options, RegularizationOptions.RAND_AUGMENT, "0"));
    }

    private static <T> String message(OptionResolver options, TrainingOption<T> option, String remedy) {
        return options.name(option) + " must be " + remedy + " with " + options.name(DataOptions.CHANNELS)
                + " 4, since its operations are defined on RGB, found "
                + option.type().shown(options.get(option));
    }
}
