package org.efficientnet4j.cli.search;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.efficientnet4j.cli.ExitCode;
import org.efficientnet4j.cli.JsonOutput;
import org.efficientnet4j.cli.TextTable;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.files.AtomicFiles;
import org.efficientnet4j.models.ArchitectureFile;
import org.efficientnet4j.search.space.Coefficients;
import org.efficientnet4j.search.space.CostModel;
import org.efficientnet4j.search.space.CostedCoefficients;
import org.efficientnet4j.search.space.Counts;
import org.efficientnet4j.search.space.Family;
import org.efficientnet4j.search.specification.StudySpecification;
import org.efficientnet4j.search.statistics.Confirmation;
import org.efficientnet4j.search.study.BestTrials;
import org.efficientnet4j.search.study.Study;
import org.efficientnet4j.search.study.Trial;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code effnet search family}: the networks that a study's coefficients give within budgets. */
@Command(
        name = "family",
        description = {
            "Scales the base network by a study's best coefficients, those confirmed where leaders were repeated, to budgets"
                    + " of MACs, beside the paper's coefficients.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  effnet search grid --resume --study study.db --confirm 5",
            "  effnet search family --study study.db --budgets 700M,1G,1.8G,4.2G --out family"
        })
public final class FamilyCommand implements Callable<Integer> {
    private static final Coefficients PAPER = new Coefficients(1.2, 1.1, 1.15);

    @Spec
    private CommandSpec spec;

    @Mixin
    private StudyFile study;

    @Option(
            names = "--budgets",
            paramLabel = "N,...",
            defaultValue = "700M,1G,1.8G,4.2G",
            description = "The most MACs of each network (${DEFAULT-VALUE}).")
    private String budgets;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Also write each network as an architecture file, a MODEL for every command.")
    private Path out;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** Created by the command line. */
    public FamilyCommand() {}

    @Override
    public Integer call() {
        List<Long> limits = Arrays.stream(budgets.split(",", -1))
                .map(text -> Counts.parse("--budgets", text))
                .toList();
        try (Study opened = study.open()) {
            StudySpecification search = StudySpecification.parse(opened.specification());
            List<Trial> trials = opened.trials();
            Optional<Trial> best = Confirmation.of(trials)
                    .map(Confirmation::chosen)
                    .or(() -> BestTrials.best(trials, search.budgets().latencyMillis()));
            if (best.isEmpty()) {
                spec.commandLine().getErr().println(BestCommand.none(search.budgets()));
                return ExitCode.FAILURE;
            }
            if (!(best.get().choice() instanceof CostedCoefficients found)) {
                throw new InvalidInputException("A family is scaled by coefficients, found a block search");
            }
            CostModel costs = new CostModel(search.base(), search.classes());
            List<CostedCoefficients> own = Family.within(costs, found.coefficients(), limits);
            List<CostedCoefficients> paper = Family.within(costs, PAPER, limits);
            List<Path> files = write(search, own);
            StandingsText standings = new StandingsText(
                    trials, StandInView.of(opened), search.budgets().latencyMillis());
            print(best.get(), own, paper, files, standings);
            return ExitCode.OK;
        }
    }

    private List<Path> write(StudySpecification search, List<CostedCoefficients> own) {
        List<Path> files = new ArrayList<>();
        for (int i = 0; out != null && i < own.size(); i++) {
            CostedCoefficients one = own.get(i);
            String name = search.base().name() + "_" + (i + 1);
            Path file = out.resolve(name + ".yaml");
            AtomicFiles.writeText(
                    file,
                    ArchitectureFile.format(
                            search.base().scaledBy(name, one.coefficients().scaling(one.phi()))));
            files.add(file);
        }
        return files;
    }

    private void print(
            Trial best,
            List<CostedCoefficients> own,
            List<CostedCoefficients> paper,
            List<Path> files,
            StandingsText standings) {
        PrintWriter print = spec.commandLine().getOut();
        if (json) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("number", best.number());
            result.put("family", own.stream().map(TrialJson::of).toList());
            result.put("paper", paper.stream().map(TrialJson::of).toList());
            result.put("files", files.stream().map(Path::toString).toList());
            standings.putConclusions(result);
            print.println(JsonOutput.format(result));
            return;
        }
        TextTable table = new TextTable(
                "scaled by", "phi", "size", "parameters", "MACs", "paper's phi", "size", "parameters", "MACs");
        for (int i = 0; i < own.size(); i++) {
            CostedCoefficients one = own.get(i);
            CostedCoefficients other = paper.get(i);
            table.row(
                    one.coefficients().alpha() + ", " + one.coefficients().beta() + ", "
                            + one.coefficients().gamma(),
                    one.phi(),
                    one.size(),
                    SearchScreen.millions(one.cost().trainableParameters()),
                    SearchScreen.millions(one.cost().macs()),
                    other.phi(),
                    other.size(),
                    SearchScreen.millions(other.cost().trainableParameters()),
                    SearchScreen.millions(other.cost().macs()));
        }
        print.print(table);
        print.print(standings.sentences());
        files.forEach(file -> print.println("Wrote " + file));
    }
}
