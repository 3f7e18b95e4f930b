package org.efficientnet4j.cli.search;

import org.efficientnet4j.search.specification.Budgets;
import org.efficientnet4j.search.specification.SpaceSpecification;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code effnet search grid}: the paper's search for alpha, beta and gamma. */
@Command(
        name = "grid",
        description = {
            "Tries every (alpha, beta, gamma) on a grid whose product alpha * beta^2 * gamma^2 is near a target, by a short"
                    + " training of each scaled network (EfficientNet, section 3.3, step 1).",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  effnet search grid --base efficientnet_b0 --dry-run",
            "  effnet search grid --base efficientnet_b0 --data cifar10:DIR --study study.db --parallel 2",
            "  effnet search grid --resume --study study.db"
        })
public final class GridCommand extends SearchRun {
    @Option(
            names = "--base",
            paramLabel = "MODEL",
            defaultValue = "efficientnet_b0",
            description = "The base network, a name or a .yaml (${DEFAULT-VALUE}).")
    private String base;

    @Mixin
    private GridOptions grid;

    /** Created by the command line. */
    public GridCommand() {}

    @Override
    String base() {
        return base;
    }

    @Override
    SpaceSpecification space() {
        return grid.space();
    }

    @Override
    Budgets budgets() {
        return grid.budgets();
    }
}
