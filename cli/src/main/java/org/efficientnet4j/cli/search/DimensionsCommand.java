package org.efficientnet4j.cli.search;

import java.util.Arrays;
import java.util.List;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.search.space.Coefficients;
import org.efficientnet4j.search.specification.DimensionSearch;
import org.efficientnet4j.search.specification.SpaceSpecification;
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
    String base() {
        return base;
    }

    @Override
    SpaceSpecification space() {
        List<Double> compound = numbers("--coefficients", coefficients);
        if (compound.size() != 3) {
            throw new InvalidInputException("--coefficients must be alpha, beta and gamma, found " + coefficients);
        }
        return new DimensionSearch(
                numbers("--phis", phis), new Coefficients(compound.get(0), compound.get(1), compound.get(2)));
    }

    private static List<Double> numbers(String option, String text) {
        try {
            return Arrays.stream(text.split(",", -1)).map(Double::valueOf).toList();
        } catch (NumberFormatException e) {
            throw new InvalidInputException(option + " must be numbers with commas between, found '" + text + "'", e);
        }
    }
}
