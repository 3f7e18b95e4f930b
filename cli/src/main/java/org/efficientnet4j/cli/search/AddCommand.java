package org.efficientnet4j.cli.search;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.efficientnet4j.cli.ExitCode;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.search.Search;
import org.efficientnet4j.search.space.Coefficients;
import org.efficientnet4j.search.space.CostModel;
import org.efficientnet4j.search.space.CostedCoefficients;
import org.efficientnet4j.search.specification.BlockSearch;
import org.efficientnet4j.search.specification.StudySpecification;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code effnet search add}: scalings of the user's own as trials of a study. */
@Command(
        name = "add",
        description = {
            "Adds scalings of one's own to a study of coefficients, to be trained beside the search's when it goes on.",
            ""
        },
        footer = {
            "",
            "Example:",
            "  effnet search add --study study.db 1.2,1.1,1.15 1.3,1.0,1.1,2",
            "  effnet search grid --resume --study study.db"
        })
public final class AddCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--study", required = true, paramLabel = "F.db", description = "The study's file.")
    private Path study;

    @Parameters(
            arity = "1..*",
            paramLabel = "A,B,C[,PHI]",
            description = "alpha, beta, gamma and phi, which is 1 where it is left out.")
    private List<String> scalings;

    /** Created by the command line. */
    public AddCommand() {}

    @Override
    public Integer call() {
        try (Search search = Search.open(study)) {
            StudySpecification begun = search.specification();
            if (begun.space() instanceof BlockSearch) {
                throw new InvalidInputException(
                        "Scalings can be added to a search for coefficients or phi, found a block search");
            }
            CostModel costs = new CostModel(begun.base(), begun.classes());
            List<CostedCoefficients> given = new ArrayList<>();
            for (String scaling : scalings) {
                CostedCoefficients one = parse(costs, scaling);
                begun.proxy().model(begun.base(), one); // refuses too small images
                given.add(one);
            }
            int added = search.study().add(given, begun.seeds());
            spec.commandLine()
                    .getOut()
                    .println(added + (added == 1 ? " trial" : " trials") + " added, " + (given.size() - added)
                            + " there already; go on with: effnet search "
                            + begun.space().command() + " --resume --study " + study);
            return ExitCode.OK;
        }
    }

    private static CostedCoefficients parse(CostModel costs, String scaling) {
        try {
            double[] numbers = Arrays.stream(scaling.split(",", -1))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            if (numbers.length == 3 || numbers.length == 4) {
                return costs.cost(
                        new Coefficients(numbers[0], numbers[1], numbers[2]), numbers.length == 4 ? numbers[3] : 1);
            }
        } catch (NumberFormatException e) {
            throw malformed(scaling, e);
        }
        throw malformed(scaling, null);
    }

    private static InvalidInputException malformed(String scaling, Exception cause) {
        return new InvalidInputException(
                "A scaling must be alpha,beta,gamma or alpha,beta,gamma,phi, found '" + scaling + "'", cause);
    }
}
