package org.efficientnet4j.cli.commands;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.efficientnet4j.cli.ExitCode;
import org.efficientnet4j.cli.JsonOutput;
import org.efficientnet4j.cli.NamedModel;
import org.efficientnet4j.cli.TextTable;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.text.Printable;
import org.efficientnet4j.model.ModelFile;
import org.efficientnet4j.model.ModelMetadata;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.plan.NetworkPlan;
import org.efficientnet4j.plan.PlanSettings;
import org.efficientnet4j.plan.Section;
import org.efficientnet4j.scaling.ModelCost;
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
    private static final int LABELS_SHOWN = 10;
    private static final double MEBIBYTE = 1 << 20;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "MODEL",
            description = "A name of 'effnet models', an architecture file (.yaml) or a model file (.zip).")
    private NamedModel model;

    @Option(
            names = "--size",
            paramLabel = "N",
            description = "Image height and width in pixels; the published evaluation size, or the model file's, if not"
                    + " given.")
    private Integer size;

    @Option(names = "--classes", paramLabel = "N", description = "Classes (1000; a model file's own).")
    private Integer classes;

    @Option(names = "--json", description = "Print JSON instead of tables.")
    private boolean json;

    /** Created by the command line. */
    public SummaryCommand() {}

    /**
     * Output of {@code --json}.
     *
     * @param model its name
     * @param size image height and width in pixels
     * @param classes classes
     * @param trainableParameters as the papers count
     * @param totalParameters as DL4J counts, with the batch-norm statistics
     * @param macs multiply-accumulates of one image
     * @param activationBytes bytes one image's training step keeps
     * @param blocks how many blocks the stages have
     * @param stages the stages
     * @param weightsSha256 SHA-256 over a model file's parameters as little-endian float32 in DL4J's order
     * @param labels a model file's class names
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Summary(
            String model,
            int size,
            int classes,
            long trainableParameters,
            long totalParameters,
            long macs,
            long activationBytes,
            int blocks,
            List<StageRow> stages,
            String weightsSha256,
            List<String> labels) {}

    @Override
    public Integer call() {
        if (classes != null && classes < 1) {
            throw new InvalidInputException("--classes must be at least 1, found " + classes);
        }
        Summary summary = model.text().endsWith(".zip") ? ofFile(Path.of(model.text())) : ofModel(model.definition());
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JsonOutput.format(summary));
        } else {
            print(summary, out);
        }
        return ExitCode.OK;
    }

    private Summary ofModel(ModelDefinition definition) {
        int outputs = classes == null ? PlanSettings.IMAGENET.classes() : classes;
        return summary(
                definition.name(),
                definition.plan(PlanSettings.classes(outputs)),
                size == null ? definition.evalSize() : size,
                null,
                null);
    }

    private Summary ofFile(Path file) {
        if (classes != null) {
            throw new InvalidInputException("--classes goes with a model's name; a model file has its own, found both");
        }
        ModelFile found = ModelFile.read(file);
        ModelMetadata metadata = found.metadata();
        PlanSettings settings = PlanSettings.classes(metadata.labels().size()).withInputChannels(metadata.channels());
        return summary(
                metadata.model().name(),
                metadata.model().plan(settings),
                size == null ? metadata.preprocessing().size() : size,
                found.weightsSha256(),
                metadata.labels());
    }

    private static Summary summary(String name, NetworkPlan plan, int size, String sha256, List<String> labels) {
        ModelCost cost = ModelCost.of(plan, size);
        int blocks = plan.sections(Section.Kind.BODY).stream()
                .mapToInt(section -> section.blocks().size())
                .sum();
        return new Summary(
                name,
                size,
                plan.classes(),
                cost.trainableParameters(),
                cost.totalParameters(),
                cost.macs(),
                cost.activationBytes(),
                blocks,
                StageRow.of(plan, size),
                sha256,
                labels);
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
                Printable.line(summary.model()), summary.size(), summary.size(), summary.classes());
        out.print(table);
        out.println();
        out.printf(Locale.ROOT, "trainable parameters   %,d%n", summary.trainableParameters());
        out.printf(Locale.ROOT, "with batch-norm stats  %,d%n", summary.totalParameters());
        out.printf(Locale.ROOT, "multiply-accumulates   %,d%n", summary.macs());
        out.printf(
                Locale.ROOT,
                "activations            %,.1f MiB an image in training%n",
                summary.activationBytes() / MEBIBYTE);
        if (summary.weightsSha256() != null) {
            out.printf("labels                 %s%n", Printable.line(shown(summary.labels())));
            out.printf("SHA-256 of the weights %s%n", summary.weightsSha256());
        }
    }

    private static String shown(List<String> labels) {
        String first = labels.stream().limit(LABELS_SHOWN).collect(Collectors.joining(", "));
        int more = labels.size() - LABELS_SHOWN;
        return more > 0 ? String.format(Locale.ROOT, "%s and %,d more", first, more) : first;
    }
}
