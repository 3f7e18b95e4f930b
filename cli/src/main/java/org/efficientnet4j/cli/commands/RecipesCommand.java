package org.efficientnet4j.cli.commands;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.efficientnet4j.cli.ExitCode;
import org.efficientnet4j.cli.JsonOutput;
import org.efficientnet4j.cli.TextTable;
import org.efficientnet4j.train.options.Recipes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code effnet recipes}: lists the settings that come with the toolkit, or prints one. */
@Command(
        name = "recipes",
        description = "Lists the settings for 'train --recipe', or prints one as YAML.",
        footer = {
            "",
            "Examples:",
            "  effnet recipes",
            "  effnet recipes photographs > mine.yaml",
            "  effnet train efficientnetv2_b0 --recipe photographs --data photos --out runs/photos"
        })
public final class RecipesCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "The recipe to print.")
    private String name;

    @Option(names = "--json", description = "Print the list as JSON.")
    private boolean json;

    /** Created by the command line. */
    public RecipesCommand() {}

    /**
     * A row of the list.
     *
     * @param name how --recipe calls it
     * @param purpose what it is for
     */
    record Row(String name, String purpose) {}

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (name != null) {
            out.print(Recipes.text(name));
            return ExitCode.OK;
        }
        List<Row> rows = Recipes.names().stream()
                .map(recipe -> new Row(recipe, Recipes.purpose(recipe)))
                .toList();
        if (json) {
            out.println(JsonOutput.format(rows));
            return ExitCode.OK;
        }
        TextTable table = new TextTable("recipe", "for");
        rows.forEach(row -> table.row(row.name(), row.purpose()));
        out.print(table);
        return ExitCode.OK;
    }
}
