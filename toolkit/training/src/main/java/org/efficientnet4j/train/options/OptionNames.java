package org.efficientnet4j.train.options;

/** The names by which messages call options: as the user knows them. */
@FunctionalInterface
interface OptionNames {
    /** The keys of config.yaml. */
    OptionNames KEYS = TrainingOption::path;

    /** The flags of the command line. */
    OptionNames FLAGS = TrainingOption::flagName;

    String of(TrainingOption<?> option);
}
