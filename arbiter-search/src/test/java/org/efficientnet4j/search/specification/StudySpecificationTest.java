package org.efficientnet4j.search.specification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.models.ModelCatalog;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.search.objective.ProxySettings;
import org.efficientnet4j.search.objective.Reward;
import org.efficientnet4j.search.pruner.MedianPruner;
import org.efficientnet4j.search.pruner.Pruner;
import org.efficientnet4j.search.pruner.SuccessiveHalvingPruner;
import org.efficientnet4j.search.space.CoefficientGrid;
import org.efficientnet4j.search.space.Coefficients;
import org.efficientnet4j.search.space.CostLimits;
import org.efficientnet4j.search.space.CostModel;
import org.efficientnet4j.search.space.CostedCoefficients;
import org.efficientnet4j.search.space.Range;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class StudySpecificationTest {
    private static final ModelDefinition B0 = ModelCatalog.find("efficientnet_b0");
    private static final ProxySettings PROXY = new ProxySettings("shapes:60", 48, 32, 12, 2, 8, 0.5, 0.01);
    private static final Budgets BUDGETS =
            new Budgets(new CostLimits(2_000_000_000, Long.MAX_VALUE), OptionalDouble.of(30.5));

    static Stream<StudySpecification> searches() {
        Range phi = new Range(0, 3);
        Range alpha = new Range(1.2, 1.2);
        return Stream.of(
                search(new GridSearch(CoefficientGrid.standard(), 1), 0, Reward.accuracy(), Pruner.NONE),
                search(
                        new DimensionSearch(List.of(0.0, 1.0), new Coefficients(1.2, 1.1, 1.15)),
                        0,
                        Reward.accuracy(),
                        new MedianPruner(1, 5)),
                search(
                        new ScalingSearch(alpha, alpha, alpha, phi, ScalingSearch.Sampling.bayes),
                        20,
                        Reward.accuracy(),
                        new SuccessiveHalvingPruner(2, 4)),
                search(
                        new ScalingSearch(alpha, new Range(1, 1.4), alpha, phi, ScalingSearch.Sampling.random),
                        3,
                        Reward.accuracy(),
                        Pruner.NONE),
                search(new BlockSearch(4, new BlockSearch.ByChance()), 5, Reward.v2(), Pruner.NONE),
                search(new BlockSearch(4, new BlockSearch.Evolution(20, 5)), 5, Reward.mnas(400_000_000), Pruner.NONE),
                search(new BlockSearch(2, new BlockSearch.Genetic(10)), 5, Reward.accuracy(), Pruner.NONE));
    }

    private static StudySpecification search(SpaceSpecification space, int trials, Reward reward, Pruner pruner) {
        return new StudySpecification(B0, 1000, space, BUDGETS, trials, PROXY, reward, pruner, 42, 2);
    }

    @ParameterizedTest
    @MethodSource("searches")
    void jsonComesBackAsItWas(StudySpecification search) {
        assertEquals(search, StudySpecification.parse(search.toJson()));
    }

    /** The flags name the search in full, but for the base network: version 0 kept them. */
    @ParameterizedTest
    @MethodSource("searches")
    void flagsMeanTheSearch(StudySpecification search) throws JsonProcessingException {
        Map<String, String> flags = new TreeMap<>(search.flags());
        flags.put("search", search.space().command());
        assertEquals(search, StudySpecification.parse(new ObjectMapper().writeValueAsString(flags)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"schema\":1 | \"schema\":2 | schema 1, found 2",
                "\"schema\":1 | \"scheme\":1 | found none",
                "\"type\":\"grid\" | \"type\":\"tree\" | tree",
                "\"classes\":1000 | \"classes\":0 | found 0",
                "\"classes\":1000 | \"classes\":null | classes",
                "\"classes\":1000 | \"classes\":10.5 | 10.5",
                "\"classes\":1000, | \"classes\":1000,\"more\":1, | more",
                "\"seed\":42, | '' | seed",
                "stem: 32 | stem: -1 | -1",
                "\"epochs\":2 | \"epochs\":0 | found 0",
                "{ | [ | cannot be read",
            })
    void whatIsNoSpecificationIsRefused(String found, String replaced, String message) {
        String json = searches().findFirst().orElseThrow().toJson();
        assertTrue(json.contains(found), json);
        String changed = json.replace(found, replaced);
        String refused = assertThrows(InvalidInputException.class, () -> StudySpecification.parse(changed))
                .getMessage();
        assertTrue(refused.contains(message), refused);
    }

    /** A sampler of another space is no value of the field. */
    @Test
    void aSamplerOfAnotherSpaceCannotBeRead() {
        String json = search(new BlockSearch(4, new BlockSearch.ByChance()), 5, Reward.v2(), Pruner.NONE)
                .toJson()
                .replace("\"type\":\"random\"", "\"type\":\"bayes\"");
        assertThrows(InvalidInputException.class, () -> StudySpecification.parse(json));
    }

    /** Both round to the same half-width network at 48 px; the whole networks differ in channels. */
    @Test
    void choicesAreTheSameWhoseStandInsAre() {
        CostModel costs = new CostModel(B0, 1000);
        CostedCoefficients one = costs.cost(new Coefficients(1, 1, 1), 1);
        CostedCoefficients two = costs.cost(new Coefficients(1, 1.01, 1), 1);
        CostedCoefficients other = costs.cost(new Coefficients(2, 1, 1), 1);
        StudySpecification free = withoutLatency(Reward.accuracy());
        CostedCoefficients twin = costs.cost(new Coefficients(1, 1, 1.001), 1);
        assertNotEquals(one, twin);
        assertEquals(free.evaluated(one), free.evaluated(twin));
        assertNotEquals(free.evaluated(one), free.evaluated(other));
        if (!one.cost().equals(two.cost())) {
            assertNotEquals(
                    withoutLatency(Reward.mnas(1)).evaluated(one),
                    withoutLatency(Reward.mnas(1)).evaluated(two),
                    "the reward depends on the whole network");
        }
    }

    private static StudySpecification withoutLatency(Reward reward) {
        Range range = new Range(1, 1.5);
        return new StudySpecification(
                B0,
                1000,
                new ScalingSearch(range, range, range, range, ScalingSearch.Sampling.bayes),
                Budgets.NONE,
                5,
                PROXY,
                reward,
                Pruner.NONE,
                42,
                1);
    }
}
