package org.efficientnet4j.cli.search;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.efficientnet4j.cli.ExitCode;
import org.efficientnet4j.search.Search;
import org.efficientnet4j.search.space.Counts;
import org.efficientnet4j.search.specification.Budgets;
import org.efficientnet4j.search.specification.SpaceSpecification;
import org.efficientnet4j.search.specification.StudySpecification;
import org.efficientnet4j.search.specification.VersionZero;
import org.efficientnet4j.search.study.Study;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code effnet search family}: from a grid to the networks that its coefficients give within budgets. */
@Command(
        name = "family",
        description = {
            "From a base network to a family, in one study: tries a grid of coefficients, repeats the leaders with fresh"
                    + " seeds, takes for each budget of MACs the largest phi within it, and compares each network with the"
                    + " one of the paper's coefficients, on images that chose neither. --resume goes on wherever it was"
                    + " stopped, also with a study of 'search grid'.",
            "With neither --data nor --resume it trains nothing and shows the family of a study's best coefficients, those"
                    + " confirmed where leaders were repeated.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  effnet search family --base efficientnet_b0 --data cifar10:DIR --study study.db --out family",
            "  effnet search family --resume --study study.db --out family",
            "  effnet search family --study study.db --budgets 700M,1G,1.8G,4.2G"
        })
public final class FamilyCommand extends SearchRun {
    private static final int LEADERS = 5;

    @Option(
            names = "--base",
            paramLabel = "MODEL",
            defaultValue = "efficientnet_b0",
            description = "The base network, a name or a .yaml (${DEFAULT-VALUE}).")
    private String base;

    @Mixin
    private GridOptions grid;

    @Option(
            names = "--budgets",
            paramLabel = "N,...",
            defaultValue = "700M,1G,1.8G,4.2G",
            description = "The most MACs of each network (${DEFAULT-VALUE}).")
    private String budgets;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Also write each network, and the paper's beside it, as an architecture file, a MODEL for every"
                            + " command.")
    private Path out;

    /** Created by the command line. */
    public FamilyCommand() {}

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

    @Override
    String begins() {
        return "grid";
    }

    /** Leaders are always repeated: the family is made of confirmed coefficients. */
    @Override
    Optional<Integer> confirm() {
        return super.confirm().or(() -> Optional.of(LEADERS));
    }

    @Override
    public Integer call() {
        List<Long> limits = limits();
        if (hasData() || run().resume() || run().dryRun()) {
            return super.call();
        }
        try (Study study = Study.read(run().study(), new VersionZero())) {
            Optional<FamilyOutput> family = output(study, limits);
            if (family.isEmpty()) {
                Budgets known = StudySpecification.parseBudgets(study.specification());
                spec().commandLine().getErr().println(BestCommand.none(known));
                return ExitCode.FAILURE;
            }
            family.get().print(spec().commandLine().getOut(), run().json(), out);
            return ExitCode.OK;
        }
    }

    @Override
    void follow(Search search) {
        search.family(limits(), run().confirmSeeds());
    }

    @Override
    boolean told(Search search) {
        Optional<FamilyOutput> family = output(search.study(), limits()).filter(FamilyOutput::trained);
        family.ifPresent(found -> found.print(spec().commandLine().getOut(), run().json(), out));
        return family.isPresent();
    }

    @Override
    String resumption() {
        return super.resumption() + " --budgets " + budgets
                + run().confirm().map(leaders -> " --confirm " + leaders).orElse("")
                + " --confirm-seeds " + run().confirmSeeds()
                + (out == null ? "" : " --out " + out);
    }

    private static Optional<FamilyOutput> output(Study study, List<Long> limits) {
        return FamilyOutput.of(StudySpecification.parse(study.specification()), study.trials(), limits);
    }

    private List<Long> limits() {
        return Arrays.stream(budgets.split(",", -1))
                .map(text -> Counts.parse("--budgets", text))
                .toList();
    }
}
