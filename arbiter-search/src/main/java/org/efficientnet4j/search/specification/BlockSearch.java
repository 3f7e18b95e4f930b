package org.efficientnet4j.search.specification;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.search.sampler.BlockSampler;
import org.efficientnet4j.search.sampler.GeneticBlocks;
import org.efficientnet4j.search.sampler.RandomBlocks;
import org.efficientnet4j.search.sampler.RegularizedEvolution;
import org.efficientnet4j.search.space.BlockSpace;
import org.efficientnet4j.search.space.CostLimits;
import org.efficientnet4j.search.space.CostedBlocks;

/**
 * A base network with other blocks.
 *
 * <p>Source: EfficientNetV2 (arXiv 2104.00298) section 3.3.
 *
 * @param mostLayers blocks a stage may have
 * @param sampler how networks are proposed
 */
public record BlockSearch(int mostLayers, Sampling sampler) implements SpaceSpecification {
    private static final int EXAMPLES = 5;

    /** A way to propose networks. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = ByChance.class, name = "random"),
        @JsonSubTypes.Type(value = Evolution.class, name = "evolution"),
        @JsonSubTypes.Type(value = Genetic.class, name = "genetic")
    })
    public sealed interface Sampling {
        /** The flags of {@code effnet search blocks} that mean it. */
        Map<String, String> flags();

        /** The sampler of a space. */
        BlockSampler sampler(BlockSpace space, CostLimits limits, long seed);
    }

    /** Networks drawn evenly. */
    public record ByChance() implements Sampling {
        @Override
        public Map<String, String> flags() {
            return Map.of("--sampler", "random");
        }

        @Override
        public BlockSampler sampler(BlockSpace space, CostLimits limits, long seed) {
            return new RandomBlocks(space, limits, seed);
        }
    }

    /**
     * Regularised evolution.
     *
     * @param population networks that may have children, at least 2
     * @param sample of them that compete to have one, at least 1
     */
    public record Evolution(int population, int sample) implements Sampling {
        @Override
        public Map<String, String> flags() {
            return Map.of(
                    "--sampler", "evolution",
                    "--population", String.valueOf(population),
                    "--sample", String.valueOf(sample));
        }

        @Override
        public BlockSampler sampler(BlockSpace space, CostLimits limits, long seed) {
            return new RegularizedEvolution(space, limits, seed, population, sample);
        }
    }

    /**
     * Arbiter's genetic search.
     *
     * @param population networks that may have children, at least 2
     */
    public record Genetic(int population) implements Sampling {
        /** @throws InvalidInputException for a population below 2 */
        public Genetic {
            if (population < 2) {
                throw new InvalidInputException("The population must be at least 2, found " + population);
            }
        }

        @Override
        public Map<String, String> flags() {
            return Map.of("--sampler", "genetic", "--population", String.valueOf(population));
        }

        @Override
        public BlockSampler sampler(BlockSpace space, CostLimits limits, long seed) {
            return new GeneticBlocks(space, limits, seed, population);
        }
    }

    /** Checks that nothing is missing. */
    public BlockSearch {
        Objects.requireNonNull(sampler, "sampler");
    }

    @Override
    public String title() {
        return "block search";
    }

    @Override
    public String command() {
        return "blocks";
    }

    @Override
    public Map<String, String> flags() {
        Map<String, String> flags = new TreeMap<>(sampler.flags());
        flags.put("--max-layers", String.valueOf(mostLayers));
        return flags;
    }

    @Override
    public boolean exhaustive() {
        return false;
    }

    @Override
    public SearchPlan<CostedBlocks> plan(StudySpecification study) {
        BlockSpace space = new BlockSpace(study.base(), mostLayers, study.classes());
        Random random = new Random(study.seed());
        List<CostedBlocks> examples =
                Stream.generate(() -> space.random(random)).limit(EXAMPLES).toList();
        BlockSampler proposals = sampler.sampler(space, study.budgets().cost(), study.seed());
        return new SearchPlan<>(space, examples, Optional.of(proposals.identifiedBy(study.identity())), study.trials());
    }
}
