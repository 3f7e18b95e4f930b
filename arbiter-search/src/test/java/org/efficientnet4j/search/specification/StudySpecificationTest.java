package org.efficientnet4j.search.specification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.models.ModelCatalog;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.search.objective.ProxyFit;
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
    private static final ProxySettings FITTED = new ProxySettings(
            "shapes:60", 48, 32, 12, 2, 8, 0.5, 0.01, new ProxyFit(ProxyFit.Sizing.matched, 16), 0.25);
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
                new StudySpecification(
                        B0,
                        10,
                        new GridSearch(CoefficientGrid.nearMacs(2, 0.1, 0.05), 1, GridSearch.Admission.macs),
                        Budgets.NONE,
                        0,
                        FITTED,
                        Reward.accuracy(),
                        Pruner.NONE,
                        1,
                        3),
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
                "\"schema\":2 | \"schema\":3 | schema 2, found 3",
                "\"schema\":2 | \"scheme\":2 | found none",
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

    /** A study begun before stand-ins could be fitted goes on with those it began with. */
    @Test
    void aSpecificationOfSchemaOneMeansWhatItMeantThen() {
        StudySpecification then = searches().findFirst().orElseThrow();
        String json = then.toJson()
                .replace("\"schema\":2", "\"schema\":1")
                .replace(",\"admission\":\"product\"", "")
                .replace(",\"fit\":{\"sizing\":\"proportional\",\"stride\":0},\"selection\":0.0", "");
        assertTrue(!json.contains("fit") && !json.contains("selection") && !json.contains("admission"), json);
        assertEquals(then, StudySpecification.parse(json));
    }

    /** The ratio is of multiply-accumulates as B0's published 0.39 G are counted; the grid is searched by hand. */
    @Test
    void candidatesAreAdmittedByTheTrueRatioOfMacs() {
        StudySpecification search = search(
                new GridSearch(CoefficientGrid.nearMacs(2, 0.1, 0.05), 1, GridSearch.Admission.macs),
                0,
                Reward.accuracy(),
                Pruner.NONE);
        CostModel costs = new CostModel(B0, 1000);
        double base = B0.cost(1000).macs();
        Set<CostedCoefficients> expected = new HashSet<>();
        for (int a = 0; a <= 40; a++) {
            for (int b = 0; b <= 20; b++) {
                for (int g = 0; g <= 20; g++) {
                    CostedCoefficients one = costs.cost(
                            new Coefficients((100 + 5 * a) / 100.0, (100 + 5 * b) / 100.0, (100 + 5 * g) / 100.0), 1);
                    if (Math.abs(one.cost().macs() / base - 2) <= 0.1) {
                        expected.add(one);
                    }
                }
            }
        }
        StudySpecification free = new StudySpecification(
                search.base(),
                1000,
                search.space(),
                Budgets.NONE,
                0,
                search.proxy(),
                search.reward(),
                search.pruner(),
                1,
                1);
        assertEquals(expected, new HashSet<>(free.plan().choices()));
        assertTrue(expected.size() > 20, "candidates: " + expected.size());
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
