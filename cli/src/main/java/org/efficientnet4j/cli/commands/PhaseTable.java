package org.efficientnet4j.cli.commands;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import org.efficientnet4j.cli.TextTable;

/** A run's phases for people. */
final class PhaseTable {
    private PhaseTable() {}

    static TextTable of(List<TrainCommand.Phase> phases) {
        TextTable table =
                new TextTable("phase", "size", "batch", "epochs", "dropout", "RandAugment", "mixup", "cutmix");
        int number = 1;
        for (TrainCommand.Phase phase : phases) {
            table.row(
                    number++,
                    phase.size(),
                    phase.batch(),
                    phase.epochs(),
                    shortened(phase.dropout()),
                    shortened(phase.randAugment()),
                    shortened(phase.mixup()),
                    shortened(phase.cutmix()));
        }
        return table;
    }

    private static String shortened(double value) {
        return new DecimalFormat("0.##", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(value);
    }
}
