package org.efficientnet4j.search.sampler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.models.ArchitectureFile;
import org.efficientnet4j.models.ModelCatalog;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.search.space.BlockSpace;
import org.efficientnet4j.search.space.Choice;
import org.efficientnet4j.search.space.CostLimits;
import org.efficientnet4j.search.space.CostedBlocks;
import org.efficientnet4j.search.study.Trial;
import org.efficientnet4j.search.study.TrialState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockSamplersTest {
    private final ModelDefinition base = ModelCatalog.find("efficientnet_v2_b0");
    private final BlockSpace space = new BlockSpace(base, 3, 1000);

    /** Wants Fused-MBConv early and MBConv late, as the paper found, and few layers. */
    private static double score(Choice choice) {
        Map<String, Double> genes = choice.parameters();
        double score = 0;
        for (int stage = 1; stage <= 6; stage++) {
            double fused = genes.get("stage" + stage + ".fused");
            score += (stage <= 3 ? fused : 1 - fused) - genes.get("stage" + stage + ".layers") / 10;
        }
        return score;
    }

    private static List<Trial> run(BlockSampler sampler, int trials, ToDoubleFunction<Choice> score) {
        List<Trial> all = new ArrayList<>();
        for (int number = 0; number < trials; number++) {
            Choice choice = sampler.propose(all.stream()
                            .map(trial -> Tried.of(trial, sampler.space()))
                            .toList())
                    .orElseThrow();
            all.add(new Trial(
                    number,
                    choice,
                    List.of(1L),
                    TrialState.COMPLETE,
                    1,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    OptionalDouble.of(score.applyAsDouble(choice)),
                    Map.of(),
                    List.of(),
                    Optional.empty()));
        }
        return all;
    }

    private static double best(List<Trial> trials) {
        return trials.stream()
                .mapToDouble(trial -> trial.score().orElseThrow())
                .max()
                .orElseThrow();
    }

    @Test
    void evolutionAndArbitersGeneticSearchBeatChance() {
        double random = best(run(new RandomBlocks(space, CostLimits.NONE, 1), 80, BlockSamplersTest::score));
        double evolution =
                best(run(new RegularizedEvolution(space, CostLimits.NONE, 1, 16, 5), 80, BlockSamplersTest::score));
        double genetic = best(run(new GeneticBlocks(space, CostLimits.NONE, 1, 10), 80, BlockSamplersTest::score));
        assertTrue(evolution > random, evolution + " against " + random);
        assertTrue(genetic > random, genetic + " against " + random);
    }

    @Test
    void noNetworkIsProposedTwiceAndNoneBeyondTheLimits() {
        CostLimits limits = new CostLimits(900_000_000, Long.MAX_VALUE);
        for (BlockSampler sampler : List.of(
                new RandomBlocks(space, limits, 2),
                new RegularizedEvolution(space, limits, 2, 4, 2),
                new GeneticBlocks(space, limits, 2, 4))) {
            List<Trial> trials = run(sampler, 25, BlockSamplersTest::score);
            assertEquals(25, new HashSet<>(trials.stream().map(Trial::choice).toList()).size());
            assertTrue(trials.stream().allMatch(trial -> trial.choice().cost().macs() <= 900_000_000));
        }
    }

    /** 2 types * 3 layers * 2 kernels * 3 expansions in each of 6 stages. */
    @Test
    void theSpaceHasThePapersChoices() {
        assertEquals(Math.pow(36, 6), space.networks());
        assertEquals(24, space.numParameters());
        CostedBlocks blocks = space.random(new Random(3));
        assertEquals(blocks, space.getValue(space.values(blocks)));
        CostedBlocks child = space.mutate(blocks, new Random(4));
        long differing = blocks.parameters().entrySet().stream()
                .filter(gene -> !gene.getValue().equals(child.parameters().get(gene.getKey())))
                .count();
        assertEquals(1, differing);
    }

    @Test
    void aFoundNetworkIsAModelLikeAnyOther(@TempDir Path folder) throws Exception {
        CostedBlocks blocks = space.random(new Random(5));
        Path file = Files.writeString(folder.resolve("found.yaml"), ArchitectureFile.format(blocks.model(base)));
        ModelDefinition read = ModelCatalog.find(file.toString());
        assertEquals(blocks.cost(), read.cost(1000));
        assertEquals(base.evalSize(), read.evalSize());
    }

    @Test
    void refusesNoLayersAndNoPopulation() {
        assertThrows(InvalidInputException.class, () -> new BlockSpace(base, 0, 10));
        assertThrows(InvalidInputException.class, () -> new RegularizedEvolution(space, CostLimits.NONE, 1, 1, 1));
    }
}
