package org.efficientnet4j.search;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.search.space.Choice;
import org.efficientnet4j.search.space.CostedCoefficients;
import org.efficientnet4j.search.specification.BlockSearch;
import org.efficientnet4j.search.specification.ScalingSearch;
import org.efficientnet4j.search.specification.SearchPlan;
import org.efficientnet4j.search.specification.SpaceSpecification;
import org.efficientnet4j.search.specification.StudySpecification;
import org.efficientnet4j.search.specification.VersionZero;
import org.efficientnet4j.search.study.Study;
import org.efficientnet4j.search.study.Trial;
import org.efficientnet4j.search.study.TrialOutcome;
import org.efficientnet4j.search.study.TrialRole;
import org.efficientnet4j.search.study.TrialState;

/** Another study's complete trials as the first ones of a new search. */
final class EarlierTrials {
    private EarlierTrials() {}

    /**
     * The trials with which the search begins: every choice, measured or waiting, where all are tried, the measured ones
     * otherwise.
     *
     * @throws InvalidInputException where the studies' scores do not compare, or nothing fits
     */
    static List<Trial> of(Path file, StudySpecification wanted) {
        try (Study study = Study.read(file, new VersionZero())) {
            StudySpecification earlier = StudySpecification.parse(study.specification());
            requireComparable(earlier.withAbsoluteData(), wanted.withAbsoluteData(), file);
            List<Trial> measured = study.trials().stream()
                    .filter(trial -> trial.role() == TrialRole.SEARCH && trial.state() == TrialState.COMPLETE)
                    .toList();
            SearchPlan<?> plan = wanted.plan();
            List<Trial> begun = plan.sampler().isEmpty()
                    ? all(plan.choices(), measured, wanted.seeds())
                    : fitting(wanted, earlier, measured);
            if (begun.stream().noneMatch(trial -> trial.state() == TrialState.COMPLETE)) {
                throw new InvalidInputException(
                        "A study to start from must have complete trials within the new search's"
                                + " space and budgets, found none of " + measured.size() + " in " + file);
            }
            return begun;
        }
    }

    private static List<Trial> all(List<? extends Choice> choices, List<Trial> measured, List<Long> seeds) {
        List<Trial> begun = new ArrayList<>();
        for (Choice choice : choices) {
            Optional<Trial> known = measured.stream()
                    .filter(trial -> trial.choice().equals(choice))
                    .findFirst();
            int number = begun.size();
            begun.add(known.map(trial -> renumbered(trial, number))
                    .orElseGet(() -> Trial.waiting(number, choice, seeds)));
        }
        return begun;
    }

    private static List<Trial> fitting(StudySpecification wanted, StudySpecification earlier, List<Trial> measured) {
        List<Trial> begun = new ArrayList<>();
        for (Trial trial : measured) {
            boolean within = contains(wanted.space(), earlier.space(), trial.choice());
            if (within && wanted.budgets().cost().admit(trial.choice().cost())) {
                begun.add(renumbered(trial, begun.size()));
            }
        }
        return begun;
    }

    /** Blocks are proposed layer by layer, so that one search holds another of no more layers. */
    private static boolean contains(SpaceSpecification wanted, SpaceSpecification earlier, Choice choice) {
        if (wanted instanceof ScalingSearch scaling) {
            return choice instanceof CostedCoefficients scaled && scaling.contains(scaled);
        }
        return wanted instanceof BlockSearch blocks
                && earlier instanceof BlockSearch before
                && before.mostLayers() <= blocks.mostLayers();
    }

    /** Which trial it took its result from is lost where that one has another number now. */
    private static Trial renumbered(Trial trial, int number) {
        Map<String, Double> measures = new LinkedHashMap<>(trial.measures());
        measures.remove(TrialOutcome.SAME_AS);
        measures.put(TrialOutcome.TAKEN_FROM, (double) trial.number());
        return new Trial(
                number,
                trial.choice(),
                trial.seeds(),
                trial.state(),
                trial.attempts(),
                trial.machine(),
                trial.started(),
                trial.ended(),
                trial.score(),
                measures,
                trial.curves(),
                Optional.empty(),
                TrialRole.SEARCH,
                trial.repeats(),
                trial.answers());
    }

    private static void requireComparable(StudySpecification earlier, StudySpecification wanted, Path file) {
        Map<String, Boolean> same = new LinkedHashMap<>();
        same.put("--base", earlier.base().equals(wanted.base()));
        same.put("--classes", earlier.classes() == wanted.classes());
        same.put("--data or a --proxy option", earlier.proxy().equals(wanted.proxy()));
        same.put("--reward", earlier.reward().equals(wanted.reward()));
        same.put("--seed or --seeds-per-trial", earlier.seeds().equals(wanted.seeds()));
        same.put("--budget-latency", earlier.measuresLatency() || !wanted.measuresLatency());
        same.forEach((flags, equal) -> {
            if (!equal) {
                throw new InvalidInputException("A study to start from must be trained and judged as the new one, found"
                        + " another " + flags + " in " + file + ": give the same, or start without --from");
            }
        });
    }
}
