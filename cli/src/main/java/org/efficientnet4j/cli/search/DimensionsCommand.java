package org.efficientnet4j.cli.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.models.ModelCatalog;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.search.space.Coefficients;
import org.efficientnet4j.search.space.CostModel;
import org.efficientnet4j.search.space.CostedCoefficients;
import org.efficientnet4j.search.space.Range;
import org.efficientnet4j.search.space.ScalingBox;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code effnet search dimensions}: one dimension scaled alone against all together. */
@Command(
        name = "dimensions",
        description = {
            "Scales depth alone, width alone, resolution alone and all together to about the same MACs, 2^phi times the"
                    + " base's, as the papers' curves compare them (EfficientNet, figures 3 and 8).",
            ""
        },
        footer = {"", "Example:", "  effnet search dimensions --data cifar10:DIR --phis 0,1,2 --study dimensions.db"})
public final class DimensionsCommand extends SearchRun {
    private static final double ROOT_TWO = Math.sqrt(2);

    @Option(
            names = "--base",
            paramLabel = "MODEL",
            defaultValue = "efficientnet_b0",
            description = "The base network, a name or a .yaml (${DEFAULT-VALUE}).")
    private String base;

    @Option(
            names = "--phis",
            paramLabel = "X,...",
            defaultValue = "0,1,2",
            description = "How far each is scaled (${DEFAULT-VALUE}).")
    private String phis;

    @Option(
            names = "--coefficients",
            paramLabel = "A,B,C",
            defaultValue = "1.2,1.1,1.15",
            description = "alpha, beta and gamma of the compound scaling (${DEFAULT-VALUE}).")
    private String coefficients;

    /** Created by the command line. */
    public DimensionsCommand() {}

    @Override
    SearchPlan plan() {
        ModelDefinition model = ModelCatalog.find(base);
        CostModel costs = new CostModel(model, classes());
        double[] compound = numbers("--coefficients", coefficients);
        if (compound.length != 3) {
            throw new InvalidInputException("--coefficients must be alpha, beta and gamma, found " + coefficients);
        }
        List<Coefficients> kinds = List.of(
                new Coefficients(2, 1, 1),
                new Coefficients(1, ROOT_TWO, 1),
                new Coefficients(1, 1, ROOT_TWO),
                new Coefficients(compound[0], compound[1], compound[2]));
        Set<CostedCoefficients> choices = new LinkedHashSet<>();
        for (double phi : numbers("--phis", phis)) {
            // At phi = 0 all four are the base network: once is enough.
            for (Coefficients kind : phi == 0 ? kinds.subList(3, 4) : kinds) {
                choices.add(costs.cost(kind, phi));
            }
        }
        ScalingBox box = new ScalingBox(
                new Range(1, Math.max(2, compound[0])),
                new Range(1, Math.max(2, compound[1])),
                new Range(1, Math.max(2, compound[2])),
                new Range(0, 10),
                costs);
        return SearchPlan.ofAll("comparison of dimensions", base, model, box, new ArrayList<>(choices));
    }

    private static double[] numbers(String option, String text) {
        try {
            return Arrays.stream(text.split(",", -1))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
        } catch (NumberFormatException e) {
            throw new InvalidInputException(option + " must be numbers with commas between, found '" + text + "'", e);
        }
    }
}
