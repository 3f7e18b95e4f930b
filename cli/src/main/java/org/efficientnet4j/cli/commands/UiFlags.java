package org.efficientnet4j.cli.commands;

import java.io.PrintWriter;
import java.util.Optional;
import org.efficientnet4j.train.Trainer;
import org.efficientnet4j.ui.TrainingUi;
import picocli.CommandLine.Option;

/** Flags for watching a training in a browser. */
final class UiFlags {
    /** A report takes as long as four or five steps on small images. */
    private static final int INTERVAL = 25;

    @Option(
            names = "--ui",
            description = "Show the training on DL4J's pages while it runs, to programs of this machine alone.")
    private boolean ui;

    @Option(names = "--ui-port", paramLabel = "PORT", description = "The pages' port; implies --ui (a free one).")
    private Integer port;

    /** Created by picocli. */
    UiFlags() {}

    /** Serves the pages, if they are asked for. */
    Optional<TrainingUi> start(String session) {
        return ui || port != null ? Optional.of(TrainingUi.start(port == null ? 0 : port, session)) : Optional.empty();
    }

    /** Lets a training be seen on the pages and says where they are. */
    static void attach(TrainingUi ui, Trainer trainer, PrintWriter err) {
        trainer.watchedBy(ui.listener(trainer.steps(), INTERVAL));
        err.println("Watch it at " + ui.address());
    }
}
