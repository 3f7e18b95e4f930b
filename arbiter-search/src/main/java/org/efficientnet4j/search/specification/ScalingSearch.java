package org.efficientnet4j.search.specification;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.search.runner.Pooled;
import org.efficientnet4j.search.sampler.Outlook;
import org.efficientnet4j.search.sampler.ScalingSampler;
import org.efficientnet4j.search.space.CostLimits;
import org.efficientnet4j.search.space.CostModel;
import org.efficientnet4j.search.space.CostedCoefficients;
import org.efficientnet4j.search.space.Range;
import org.efficientnet4j.search.space.ScalingSpace;
import org.efficientnet4j.search.study.Trial;

/**
 * Phi, alone or with the coefficients, within a budget.
 *
 * <p>Source: EfficientNet (arXiv 1905.11946) section 3.3, step 2.
 *
 * @param alpha depth coefficient
 * @param beta width coefficient
 * @param gamma resolution coefficient
 * @param phi the exponent
 * @param sampler how scalings are proposed
 */
public record ScalingSearch(Range alpha, Range beta, Range gamma, Range phi, Sampling sampler)
        implements SpaceSpecification {
    private static final int EXAMPLES = 5;

    /** A way to propose scalings; the names are the command line's. */
    public enum Sampling {
        /** By Bayesian optimisation. */
        bayes,
        /** By chance. */
        random,
        /** By the expected growth of the front of accuracy, MACs and, where it is measured, latency. */
        front
    }

    /** Checks that nothing is missing. */
    public ScalingSearch {
        Objects.requireNonNull(alpha, "alpha");
        Objects.requireNonNull(beta, "beta");
        Objects.requireNonNull(gamma, "gamma");
        Objects.requireNonNull(phi, "phi");
        Objects.requireNonNull(sampler, "sampler");
    }

    /** True for a scaling within the ranges. */
    public boolean contains(CostedCoefficients scaling) {
        return alpha.contains(scaling.coefficients().alpha())
                && beta.contains(scaling.coefficients().beta())
                && gamma.contains(scaling.coefficients().gamma())
                && phi.contains(scaling.phi());
    }

    @Override
    public String title() {
        return "phi search";
    }

    @Override
    public String command() {
        return "phi";
    }

    @Override
    public Map<String, String> flags() {
        return Map.of(
                "--alpha", alpha.format(),
                "--beta", beta.format(),
                "--gamma", gamma.format(),
                "--phi", phi.format(),
                "--sampler", sampler.name());
    }

    @Override
    public boolean exhaustive() {
        return false;
    }

    private ScalingSpace space(StudySpecification study) {
        return new ScalingSpace(alpha, beta, gamma, phi, new CostModel(study.base(), study.classes()));
    }

    /**
     * A study's process after its trials.
     *
     * @param proposals how many proposals to make
     * @return empty for a search by chance, and before its first points are measured
     */
    public Optional<Outlook> outlook(StudySpecification study, List<Trial> trials, int proposals) {
        ScalingSpace space = space(study);
        return sampler(study, space).outlook(Pooled.searched(trials, space), proposals);
    }

    private ScalingSampler sampler(StudySpecification study, ScalingSpace space) {
        CostLimits limits = study.budgets().cost();
        ScalingSampler proposals =
                switch (sampler) {
                    case bayes ->
                        ScalingSampler.bayesian(space, limits, study.budgets().latencyMillis(), study.seed());
                    case random -> ScalingSampler.random(space, limits, study.seed());
                    case front -> ScalingSampler.front(space, limits, study.seed());
                };
        return proposals.identifiedBy(study.identity());
    }

    @Override
    public SearchPlan<CostedCoefficients> plan(StudySpecification study) {
        ScalingSpace space = space(study);
        CostLimits limits = study.budgets().cost();
        return new SearchPlan<>(space, examples(space, limits), Optional.of(sampler(study, space)), study.trials());
    }

    /** Points along the space's diagonal, for a dry run. */
    private static List<CostedCoefficients> examples(ScalingSpace space, CostLimits limits) {
        List<CostedCoefficients> examples = new ArrayList<>();
        for (int i = 0; i < EXAMPLES; i++) {
            double[] point = new double[space.numParameters()];
            Arrays.fill(point, i / (EXAMPLES - 1.0));
            CostedCoefficients example = space.at(point);
            if (limits.admit(example.cost())) {
                examples.add(example);
            }
        }
        if (examples.isEmpty()) {
            throw new InvalidInputException(
                    "Even the smallest network of the ranges is beyond the budget: raise the budget, or lower --phi");
        }
        return examples;
    }
}
