package org.efficientnet4j.search.statistics;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.efficientnet4j.search.space.Choice;
import org.efficientnet4j.search.space.Coefficients;
import org.efficientnet4j.search.space.CostModel;
import org.efficientnet4j.search.space.CostedCoefficients;
import org.efficientnet4j.search.space.Family;
import org.efficientnet4j.search.study.Trial;
import org.efficientnet4j.search.study.TrialRole;
import org.efficientnet4j.search.study.TrialState;

/**
 * The networks of a search's coefficients within budgets, beside those of the paper's within the same.
 *
 * @param rows one a budget
 */
public record FamilyComparison(List<Row> rows) {
    /** The paper's alpha, beta and gamma. Source: EfficientNet (arXiv 1905.11946) section 3.3, step 1. */
    public static final Coefficients PAPER = new Coefficients(1.2, 1.1, 1.15);

    /**
     * Networks within one budget.
     *
     * @param budget the most MACs
     * @param own the search's
     * @param paper the paper's
     * @param difference by how much the search's answers the test part better; empty until both are trained
     */
    public record Row(long budget, Member own, Member paper, Optional<Difference> difference) {}

    /**
     * One network.
     *
     * @param network scaled by the largest phi within the budget
     * @param score of its stand-in on the test part; empty until it is trained
     * @param standardError of the score, where it is known
     */
    public record Member(CostedCoefficients network, OptionalDouble score, OptionalDouble standardError) {}

    /** Copies the list. */
    public FamilyComparison {
        rows = List.copyOf(rows);
    }

    /**
     * Compares what a study has trained of both families, with the seeds of its last such trial.
     *
     * @param costs of the base network's scaled versions
     * @param found the search's coefficients
     * @param budgets the most MACs of each network
     * @param trials of the study
     */
    public static FamilyComparison of(CostModel costs, Coefficients found, List<Long> budgets, List<Trial> trials) {
        List<CostedCoefficients> own = Family.within(costs, found, budgets);
        List<CostedCoefficients> paper = Family.within(costs, PAPER, budgets);
        Trained trained = Trained.of(own, paper, trials);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < budgets.size(); i++) {
            rows.add(new Row(
                    budgets.get(i),
                    trained.member(own.get(i)),
                    trained.member(paper.get(i)),
                    trained.difference(own.get(i), paper.get(i))));
        }
        return new FamilyComparison(rows);
    }

    /** True once every network is trained. */
    public boolean trained() {
        return rows.stream().allMatch(row -> row.difference().isPresent());
    }

    /** Trained networks of both families, whose seeds' noise is told by all of them together. */
    private record Trained(List<Choice> choices, List<Candidate> candidates) {
        static Trained of(List<CostedCoefficients> own, List<CostedCoefficients> paper, List<Trial> trials) {
            LinkedHashSet<Choice> wanted = new LinkedHashSet<>(own);
            wanted.addAll(paper);
            List<Trial> ended = trials.stream()
                    .filter(trial -> trial.role() == TrialRole.FAMILY
                            && trial.state() == TrialState.COMPLETE
                            && wanted.contains(trial.choice()))
                    .toList();
            List<Trial> last = ended.stream()
                    .filter(trial ->
                            trial.seeds().equals(ended.get(ended.size() - 1).seeds()))
                    .toList();
            return new Trained(
                    last.stream().map(Trial::choice).toList(),
                    last.stream().map(Candidate::of).toList());
        }

        private Optional<Candidate> candidate(Choice choice) {
            int place = choices.indexOf(choice);
            return place < 0 ? Optional.empty() : Optional.of(candidates.get(place));
        }

        Member member(CostedCoefficients network) {
            Optional<Candidate> candidate = candidate(network);
            return new Member(
                    network,
                    candidate.map(one -> OptionalDouble.of(one.mean())).orElse(OptionalDouble.empty()),
                    candidate
                            .map(one -> one.standardError(SeedNoise.within(candidates)))
                            .orElse(OptionalDouble.empty()));
        }

        Optional<Difference> difference(Choice own, Choice paper) {
            Optional<Candidate> one = candidate(own);
            Optional<Candidate> other = candidate(paper);
            if (one.isEmpty() || other.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(
                    own.equals(paper)
                            ? Difference.NONE
                            : Difference.of(one.get(), other.get(), SeedNoise.of(candidates)));
        }
    }
}
