package org.efficientnet4j.cli.search;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.efficientnet4j.cli.JsonOutput;
import org.efficientnet4j.cli.TextTable;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.files.AtomicFiles;
import org.efficientnet4j.models.ArchitectureFile;
import org.efficientnet4j.search.space.Coefficients;
import org.efficientnet4j.search.space.CostModel;
import org.efficientnet4j.search.space.CostedCoefficients;
import org.efficientnet4j.search.specification.StudySpecification;
import org.efficientnet4j.search.statistics.Confirmation;
import org.efficientnet4j.search.statistics.FamilyComparison;
import org.efficientnet4j.search.statistics.FamilyComparison.Member;
import org.efficientnet4j.search.statistics.FamilyComparison.Row;
import org.efficientnet4j.search.study.BestTrials;
import org.efficientnet4j.search.study.Trial;

/** A study's family beside the paper's: as a table, as JSON and as architecture files. */
final class FamilyOutput {
    private static final double LEVEL = 0.95;

    private final StudySpecification search;
    private final Trial best;
    private final FamilyComparison family;
    private final StandingsText standings;

    private FamilyOutput(StudySpecification search, Trial best, FamilyComparison family, StandingsText standings) {
        this.search = search;
        this.best = best;
        this.family = family;
        this.standings = standings;
    }

    /**
     * The family of a study's best coefficients, those confirmed where leaders were repeated.
     *
     * @param limits the most MACs of each network
     * @return empty if no trial is complete
     * @throws InvalidInputException for a search for blocks, or a limit below the base network's cost
     */
    static Optional<FamilyOutput> of(StudySpecification search, List<Trial> trials, List<Long> limits) {
        Optional<Trial> best = Confirmation.of(trials)
                .map(Confirmation::chosen)
                .or(() -> BestTrials.best(trials, search.budgets().latencyMillis()));
        return best.map(trial -> {
            if (!(trial.choice() instanceof CostedCoefficients found)) {
                throw new InvalidInputException("A family is scaled by coefficients, found a block search");
            }
            CostModel costs = new CostModel(search.base(), search.classes());
            return new FamilyOutput(
                    search,
                    trial,
                    FamilyComparison.of(costs, found.coefficients(), limits, trials),
                    new StandingsText(
                            trials,
                            Optional.of(new StandInView(search)),
                            search.budgets().latencyMillis()));
        });
    }

    /** True once the family and the paper's are trained. */
    boolean trained() {
        return family.trained();
    }

    /**
     * Prints the family.
     *
     * @param folder where architecture files are written; null for none
     */
    void print(PrintWriter print, boolean json, Path folder) {
        List<Path> files = write(folder, "_", Row::own);
        List<Path> paperFiles = write(folder, "_paper_", Row::paper);
        if (json) {
            print.println(JsonOutput.format(json(files, paperFiles)));
            return;
        }
        print.print(table());
        if (trained()) {
            print.print(comparison());
            print.println(
                    "The family's stand-ins and the paper's were trained with equal seeds and judged on images that"
                            + " chose neither; the difference is in points, with its 95 % interval"
                            + (family.rows().size() > 1 ? " for each row by itself." : "."));
        }
        print.print(standings.sentences());
        files.forEach(file -> print.println("Wrote " + file));
        paperFiles.forEach(file -> print.println("Wrote " + file));
    }

    private List<Path> write(Path folder, String infix, Function<Row, Member> member) {
        List<Path> files = new ArrayList<>();
        for (int i = 0; folder != null && i < family.rows().size(); i++) {
            CostedCoefficients one = member.apply(family.rows().get(i)).network();
            String name = search.base().name() + infix + (i + 1);
            Path file = folder.resolve(name + ".yaml");
            AtomicFiles.writeText(
                    file,
                    ArchitectureFile.format(
                            search.base().scaledBy(name, one.coefficients().scaling(one.phi()))));
            files.add(file);
        }
        return files;
    }

    private Map<String, Object> json(List<Path> files, List<Path> paperFiles) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("number", best.number());
        result.put("family", family.rows().stream().map(row -> json(row.own())).toList());
        result.put("paper", family.rows().stream().map(row -> json(row.paper())).toList());
        if (trained()) {
            result.put(
                    "differences",
                    family.rows().stream().map(FamilyOutput::difference).toList());
        }
        result.put("files", files.stream().map(Path::toString).toList());
        result.put("paperFiles", paperFiles.stream().map(Path::toString).toList());
        standings.putConclusions(result);
        return result;
    }

    private static Map<String, Object> json(Member member) {
        Map<String, Object> json = new LinkedHashMap<>(TrialJson.of(member.network()));
        member.score().ifPresent(score -> json.put("testScore", score));
        member.standardError().ifPresent(error -> json.put("testError", error));
        return json;
    }

    private static Map<String, Object> difference(Row row) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("budget", row.budget());
        row.difference().ifPresent(difference -> {
            json.put("mean", difference.mean());
            difference.halfWidth(LEVEL).ifPresent(half -> {
                json.put("low", difference.mean() - half);
                json.put("high", difference.mean() + half);
            });
        });
        return json;
    }

    private TextTable table() {
        TextTable table = new TextTable(
                "scaled by", "phi", "size", "parameters", "MACs", "paper's phi", "size", "parameters", "MACs");
        for (Row row : family.rows()) {
            CostedCoefficients one = row.own().network();
            CostedCoefficients other = row.paper().network();
            Coefficients by = one.coefficients();
            table.row(
                    by.alpha() + ", " + by.beta() + ", " + by.gamma(),
                    one.phi(),
                    one.size(),
                    SearchScreen.millions(one.cost().trainableParameters()),
                    SearchScreen.millions(one.cost().macs()),
                    other.phi(),
                    other.size(),
                    SearchScreen.millions(other.cost().trainableParameters()),
                    SearchScreen.millions(other.cost().macs()));
        }
        return table;
    }

    private TextTable comparison() {
        TextTable table = new TextTable("within", "score", "the paper's", "difference", "95 % interval");
        for (Row row : family.rows()) {
            row.difference().ifPresent(difference -> {
                OptionalDouble half = difference.halfWidth(LEVEL);
                table.row(
                        SearchScreen.millions(row.budget()),
                        score(row.own()),
                        score(row.paper()),
                        points(difference.mean()),
                        half.isEmpty()
                                ? "-"
                                : points(difference.mean() - half.getAsDouble()) + " to "
                                        + points(difference.mean() + half.getAsDouble()));
            });
        }
        return table;
    }

    private static String score(Member member) {
        return String.format(Locale.ROOT, "%.4f", member.score().orElseThrow())
                + (member.standardError().isEmpty()
                        ? ""
                        : String.format(
                                Locale.ROOT, " ± %.4f", member.standardError().getAsDouble()));
    }

    private static String points(double share) {
        return String.format(Locale.ROOT, "%+.2f", 100 * share);
    }
}
