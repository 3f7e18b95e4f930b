package org.efficientnet4j.search;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.search.space.Coefficients;
import org.efficientnet4j.search.space.CostModel;
import org.efficientnet4j.search.space.CostedCoefficients;
import org.efficientnet4j.search.space.Family;
import org.efficientnet4j.search.specification.StudySpecification;
import org.efficientnet4j.search.statistics.Confirmation;
import org.efficientnet4j.search.statistics.FamilyComparison;
import org.efficientnet4j.search.study.Study;
import org.efficientnet4j.search.study.Trial;
import org.efficientnet4j.search.study.TrialRole;

/** Trainings that follow a search: of its leaders, and of the family of the best. Each goes on where it was stopped. */
final class FollowUps {
    private final Search search;

    FollowUps(Search search) {
        this.search = search;
    }

    Optional<Confirmation> confirm(int leaders, List<Long> seeds) {
        Study study = search.study();
        boolean left =
                study.trials().stream().anyMatch(trial -> !trial.state().ended() && trial.role() == TrialRole.SEARCH);
        if (left) {
            throw new InvalidInputException("The search must have ended before its leaders are repeated, found trials"
                    + " left: go on with it first");
        }
        List<Integer> numbers = search.standings()
                .map(all -> all.standings().stream()
                        .limit(leaders)
                        .map(one -> one.trial().number())
                        .toList())
                .orElse(List.of());
        study.enqueueRepeats(numbers, TrialRole.CONFIRM, seeds);
        search.runWaiting();
        Optional<Confirmation> found = Confirmation.of(study.trials());
        if (found.isEmpty() || search.specification().proxy().selection() == 0 || search.stopRequested()) {
            return found;
        }
        study.enqueueRepeats(List.of(found.get().chosen().number()), TrialRole.TEST, seeds);
        search.runWaiting();
        return Confirmation.of(study.trials());
    }

    Optional<FamilyComparison> family(List<Long> budgets, List<Long> seeds) {
        StudySpecification specification = search.specification();
        if (specification.proxy().selection() == 0) {
            throw new InvalidInputException("A family is judged by images that chose nothing, and this study chooses by"
                    + " all that the data holds out: begin a study with --selection above 0");
        }
        Optional<Trial> chosen = Confirmation.of(search.study().trials()).map(Confirmation::chosen);
        if (chosen.isEmpty() || search.stopRequested()) {
            return Optional.empty();
        }
        CostModel costs = new CostModel(specification.base(), specification.classes());
        List<CostedCoefficients> own = Family.within(costs, coefficients(chosen.get()), budgets);
        List<CostedCoefficients> paper = Family.within(costs, FamilyComparison.PAPER, budgets);
        Stream.concat(own.stream(), paper.stream())
                .forEach(one -> specification.proxy().model(specification.base(), one)); // refuses too small images
        search.study().enqueueFamily(Stream.concat(own.stream(), paper.stream()).toList(), seeds);
        search.runWaiting();
        FamilyComparison comparison = FamilyComparison.of(
                costs, coefficients(chosen.get()), budgets, search.study().trials());
        return search.stopRequested() ? Optional.empty() : Optional.of(comparison);
    }

    private static Coefficients coefficients(Trial trial) {
        if (trial.choice() instanceof CostedCoefficients found) {
            return found.coefficients();
        }
        throw new InvalidInputException("A family is scaled by coefficients, found a block search");
    }
}
