package org.efficientnet4j.cli.commands;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import org.efficientnet4j.cli.TextTable;

/** A run's stages for people. */
final class StageTable {
    private StageTable() {}

    static TextTable of(List<TrainCommand.Stage> stages) {
        TextTable table =
                new TextTable("stage", "size", "batch", "epochs", "dropout", "RandAugment", "mixup", "cutmix");
        int number = 1;
        for (TrainCommand.Stage stage : stages) {
            table.row(
                    number++,
                    stage.size(),
                    stage.batch(),
                    stage.epochs(),
                    shortened(stage.dropout()),
                    shortened(stage.randAugment()),
                    shortened(stage.mixup()),
                    shortened(stage.cutmix()));
        }
        return table;
    }

    private static String shortened(double value) {
        return new DecimalFormat("0.##", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(value);
    }
}
