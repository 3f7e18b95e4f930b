package org.efficientnet4j.search.specification;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.data.source.ImageSources;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.plan.NetworkPlan;
import org.efficientnet4j.scaling.ModelCost;
import org.efficientnet4j.search.objective.ProxySettings;
import org.efficientnet4j.search.objective.Reward;
import org.efficientnet4j.search.objective.StandIns;
import org.efficientnet4j.search.pruner.Pruner;
import org.efficientnet4j.search.space.Choice;

/**
 * The definition of a search. Settings of a run, such as the trials at a time, are no part of it.
 *
 * @param base the base network itself, not its name: the search does not depend on a file or a catalogue
 * @param classes classifier outputs in the costs, at least 1
 * @param space what is tried, and in which order
 * @param budgets the most a network may cost
 * @param trials how many trials there will be, at least 1; 0 where every choice is tried
 * @param proxy how a trial is judged, the source of its images included
 * @param reward makes the score
 * @param pruner ends trials early
 * @param seed of the first training, and of the sampler
 * @param seedsPerTrial trainings of a trial, at least 1
 */
public record StudySpecification(
        ModelDefinition base,
        int classes,
        SpaceSpecification space,
        Budgets budgets,
        int trials,
        ProxySettings proxy,
        Reward reward,
        Pruner pruner,
        long seed,
        int seedsPerTrial) {
    /** The version of the JSON form. */
    public static final int SCHEMA = 2;

    /** @throws InvalidInputException for a number outside its range */
    public StudySpecification {
        Objects.requireNonNull(base, "base");
        Objects.requireNonNull(space, "space");
        Objects.requireNonNull(budgets, "budgets");
        Objects.requireNonNull(proxy, "proxy");
        Objects.requireNonNull(reward, "reward");
        Objects.requireNonNull(pruner, "pruner");
        require(classes >= 1, "A search's classes must be at least 1, found ", classes);
        require(seedsPerTrial >= 1, "The seeds of a trial must be at least 1, found ", seedsPerTrial);
        if (space.exhaustive()) {
            require(trials == 0, "A search that tries every choice must have no number of trials, found ", trials);
        } else {
            require(trials >= 1, "A search's trials must be at least 1, found ", trials);
        }
    }

    /**
     * Reads what a study keeps: JSON, or the flags of version 0.
     *
     * @throws InvalidInputException for anything else, and for a newer schema
     */
    public static StudySpecification parse(String text) {
        return SpecificationJson.parse(text);
    }

    /**
     * Reads the budgets alone, which a study of version 0 has even where its base network's file is gone.
     *
     * @throws InvalidInputException for what is no specification
     */
    public static Budgets parseBudgets(String text) {
        return SpecificationJson.parseBudgets(text);
    }

    /** The form a study keeps. */
    public String toJson() {
        return SpecificationJson.format(this);
    }

    /** The flags of {@code effnet search} that mean this search, by name. The base network's is its name alone. */
    public Map<String, String> flags() {
        return FlagSettings.of(this);
    }

    /** The space and its sampler, ready to run. */
    public SearchPlan<?> plan() {
        return space.plan(this);
    }

    /** The seeds of every trial, the same ones, so that trials compare. */
    public List<Long> seeds() {
        return LongStream.range(0, seedsPerTrial).mapToObj(i -> seed + i).toList();
    }

    /** True if each trial's inference is timed. */
    public boolean measuresLatency() {
        return budgets.latencyMillis().isPresent();
    }

    /** The same search with another number of trials. */
    public StudySpecification withTrials(int newTrials) {
        return new StudySpecification(
                base, classes, space, budgets, newTrials, proxy, reward, pruner, seed, seedsPerTrial);
    }

    /** The same search by another proxy training and another number of seeds. */
    public StudySpecification withProxy(ProxySettings newProxy, int newSeedsPerTrial) {
        return new StudySpecification(
                base, classes, space, budgets, trials, newProxy, reward, pruner, seed, newSeedsPerTrial);
    }

    /** The same search by other seeds. */
    public StudySpecification withSeed(long newSeed) {
        return new StudySpecification(
                base, classes, space, budgets, trials, proxy, reward, pruner, newSeed, seedsPerTrial);
    }

    /** The same search with its images under their full path. */
    public StudySpecification withAbsoluteData() {
        return new StudySpecification(
                base,
                classes,
                space,
                budgets,
                trials,
                proxy.withData(ImageSources.absolute(proxy.data())),
                reward,
                pruner,
                seed,
                seedsPerTrial);
    }

    /**
     * Identifies what a trial of a choice evaluates: choices of equal identity get equal scores. It is the network that is
     * trained in their stead and, where latency or a reward depends on it, the whole network's cost.
     */
    public Object evaluated(Choice choice) {
        return identity().apply(choice);
    }

    /** {@link #evaluated} for many choices of this search: networks that choices share are made once. */
    public Function<Choice, Object> identity() {
        StandIns standIns = new StandIns(proxy, base);
        boolean trainedAlone = reward instanceof Reward.Accuracy && !measuresLatency();
        return choice -> {
            ModelDefinition standIn = standIns.model(choice);
            Trained trained = new Trained(standIn.plan(), standIn.trainSize());
            return trainedAlone ? trained : new WholeNetwork(trained, choice.cost(), choice.size());
        };
    }

    private record Trained(NetworkPlan plan, int size) {}

    private record WholeNetwork(Trained standIn, ModelCost cost, int size) {}

    private static void require(boolean holds, String invariant, int found) {
        if (!holds) {
            throw new InvalidInputException(invariant + found);
        }
    }
}
