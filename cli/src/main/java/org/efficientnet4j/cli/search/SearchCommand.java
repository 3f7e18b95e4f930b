package org.efficientnet4j.cli.search;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code effnet search}: the search for scaling coefficients, phi and blocks. */
@Command(
        name = "search",
        description =
                "Searches scaling coefficients, phi or blocks by short trainings; every trial is kept in a study.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            GridCommand.class,
            DimensionsCommand.class,
            PhiCommand.class,
            BlocksCommand.class,
            ListCommand.class,
            BestCommand.class,
            FidelityCommand.class,
            FamilyCommand.class,
            AddCommand.class,
            ReportCommand.class,
            ExportCommand.class,
            RegretCommand.class,
        },
        footer = {
            "",
            "Examples:",
            "  effnet search grid --base efficientnet_b0 --dry-run",
            "  effnet search grid --base efficientnet_b0 --data cifar10:DIR --study study.db",
            "  effnet search best --study study.db"
        })
public final class SearchCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    /** Created by the command line. */
    public SearchCommand() {}

    /** Without a sub-command there is nothing to do. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a search command, e.g. grid, phi, blocks or report.");
    }
}
