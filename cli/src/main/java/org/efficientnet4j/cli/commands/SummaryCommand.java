package org.efficientnet4j.cli.commands;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.efficientnet4j.cli.ExitCode;
import org.efficientnet4j.cli.JsonOutput;
import org.efficientnet4j.cli.TextTable;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.models.ModelCatalog;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.scaling.ModelCost;
import org.efficientnet4j.scaling.ScaledArchitecture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code effnet summary}: a model's stages and cost, counted without building it. */
@Command(
        name = "summary",
        description = "Shows a model's stages, parameters and multiply-accumulates.",
        footer = {"", "Example:", "  effnet summary efficientnetv2_s --size 300 --classes 10"})
public final class SummaryCommand implements Callable<Integer> {
    private static final double MEBIBYTE = 1 << 20;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "MODEL", description = "A name of 'effnet models', or an architecture file (.yaml).")
    private String model;

    @Option(
            names = "--size",
            paramLabel = "N",
            description = "Image height and width in pixels; the published evaluation size if not given.")
    private Integer size;

    @Option(names = "--classes", paramLabel = "N", defaultValue = "1000", description = "Classes (${DEFAULT-VALUE}).")
    private int classes;

    @Option(names = "--json", description = "Print JSON instead of tables.")
    private boolean json;

    /** Created by the command line. */
    public SummaryCommand() {}

    /**
     * What {@code --json} prints.
     *
     * @param model its name
     * @param size image height and width in pixels
     * @param classes classes
     * @param trainableParameters as the papers count
     * @param totalParameters as DL4J counts, with the batch-norm statistics
     * @param macs multiply-accumulates of one image
     * @param activationBytes bytes one image's training step keeps
     * @param blocks how many MBConv and Fused-MBConv blocks there are
     * @param stages the stages
     */
    record Summary(
            String model,
            int size,
            int classes,
            long trainableParameters,
            long totalParameters,
            long macs,
            long activationBytes,
            int blocks,
            List<StageRow> stages) {}

    @Override
    public Integer call() {
        if (classes < 1) {
            throw new InvalidInputException("--classes must be at least 1, found " + classes);
        }
        ModelDefinition definition = ModelCatalog.find(model);
        int chosenSize = size == null ? definition.evalSize() : size;
        ScaledArchitecture architecture = definition.architecture();
        ModelCost cost = ModelCost.of(architecture, classes, chosenSize);
        Summary summary = new Summary(
                definition.name(),
                chosenSize,
                classes,
                cost.trainableParameters(),
                cost.totalParameters(),
                cost.macs(),
                cost.activationBytes(),
                architecture.blocks().size(),
                StageRow.of(architecture, classes, chosenSize));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JsonOutput.format(summary));
        } else {
            print(summary, out);
        }
        return ExitCode.OK;
    }

    private static void print(Summary summary, PrintWriter out) {
        TextTable table =
                new TextTable("stage", "operator", "blocks", "kernel", "stride", "channels", "output", "parameters");
        for (StageRow stage : summary.stages()) {
            table.row(
                    stage.name(),
                    stage.operator(),
                    stage.blocks(),
                    stage.kernel(),
                    stage.stride(),
                    stage.channels(),
                    stage.output(),
                    String.format(Locale.ROOT, "%,d", stage.parameters()));
        }
        out.printf(
                "%s, %d x %d pixels, %d classes%n%n",
                summary.model(), summary.size(), summary.size(), summary.classes());
        out.print(table);
        out.println();
        out.printf(Locale.ROOT, "trainable parameters   %,d%n", summary.trainableParameters());
        out.printf(Locale.ROOT, "with batch-norm stats  %,d%n", summary.totalParameters());
        out.printf(Locale.ROOT, "multiply-accumulates   %,d%n", summary.macs());
        out.printf(
                Locale.ROOT,
                "activations            %,.1f MiB an image in training%n",
                summary.activationBytes() / MEBIBYTE);
    }
}
