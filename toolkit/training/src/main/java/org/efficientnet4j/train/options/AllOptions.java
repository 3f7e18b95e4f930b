package org.efficientnet4j.train.options;

import java.util.List;
import java.util.stream.Stream;

/** The whole table; a class of its own, so that it is read when every part of it is written. */
final class AllOptions {
    /** Every option, in the order of config.yaml. */
    static final List<TrainingOption<?>> LIST = Stream.of(
                    RunOptions.TABLE,
                    DataOptions.TABLE,
                    OptimizerOptions.TABLE,
                    ScheduleOptions.TABLE,
                    RegularizationOptions.TABLE,
                    ErasingOptions.TABLE,
                    ProgressiveOptions.TABLE,
                    ValidationOptions.TABLE,
                    TransferOptions.TABLE)
            .flatMap(table -> table.options().stream())
            .toList();

    private AllOptions() {}
}
