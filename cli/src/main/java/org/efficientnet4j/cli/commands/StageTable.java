package org.efficientnet4j.cli.commands;

import java.util.List;
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
                    stage.dropout(),
                    stage.randAugment(),
                    stage.mixup(),
                    stage.cutmix());
        }
        return table;
    }
}
