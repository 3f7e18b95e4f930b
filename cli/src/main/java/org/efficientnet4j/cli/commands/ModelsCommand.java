package org.efficientnet4j.cli.commands;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.efficientnet4j.cli.ExitCode;
import org.efficientnet4j.cli.JsonOutput;
import org.efficientnet4j.cli.TextTable;
import org.efficientnet4j.models.Families;
import org.efficientnet4j.models.Family;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.models.Variant;
import org.efficientnet4j.scaling.ModelCost;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code effnet models}: every model with its cost and published accuracy. */
@Command(
        name = "models",
        description = "Lists every model: family, parameters, multiply-accumulates, image size, published accuracy.",
        footer = {"", "Example:", "  effnet models --json"})
public final class ModelsCommand implements Callable<Integer> {
    private static final int IMAGENET_CLASSES = 1000;
    private static final double MILLION = 1e6;
    private static final double BILLION = 1e9;

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Print a JSON list instead of a table.")
    private boolean json;

    /** Created by the command line. */
    public ModelsCommand() {}

    /**
     * A row of the list.
     *
     * @param name how commands call it
     * @param family its family
     * @param trainableParameters as the papers count them, with 1000 classes
     * @param macs multiply-accumulates of one image at that size
     * @param size height and width of the published evaluation, in pixels
     * @param top1 published ImageNet top-1 accuracy in percent, null where there is none
     */
    record Row(String name, String family, long trainableParameters, long macs, int size, Double top1) {
        static Row of(Family family, Variant variant) {
            ModelDefinition model = variant.model();
            ModelCost cost = model.cost(IMAGENET_CLASSES);
            return new Row(
                    model.name(),
                    family.title(),
                    cost.trainableParameters(),
                    cost.macs(),
                    model.evalSize(),
                    variant.publishedTop1().isPresent()
                            ? variant.publishedTop1().getAsDouble()
                            : null);
        }
    }

    @Override
    public Integer call() {
        List<Row> rows = Families.all().stream()
                .flatMap(family -> family.variants().stream().map(variant -> Row.of(family, variant)))
                .toList();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JsonOutput.format(rows));
        } else {
            out.print(table(rows));
        }
        return ExitCode.OK;
    }

    private static TextTable table(List<Row> rows) {
        TextTable table = new TextTable("model", "family", "parameters", "MACs", "size", "ImageNet top-1");
        for (Row row : rows) {
            table.row(
                    row.name(),
                    row.family(),
                    String.format(Locale.ROOT, "%.1f M", row.trainableParameters() / MILLION),
                    String.format(Locale.ROOT, "%.2f G", row.macs() / BILLION),
                    row.size(),
                    row.top1() == null ? "" : String.format(Locale.ROOT, "%.1f %%", row.top1()));
        }
        return table;
    }
}
