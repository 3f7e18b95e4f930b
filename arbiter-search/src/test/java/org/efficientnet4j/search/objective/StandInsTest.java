package org.efficientnet4j.search.objective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalInt;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.models.ModelCatalog;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.search.space.CoefficientGrid;
import org.efficientnet4j.search.space.Coefficients;
import org.efficientnet4j.search.space.CostModel;
import org.efficientnet4j.search.space.CostedCoefficients;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandInsTest {
    private static final int CLASSES = 1000;
    private static final ModelDefinition B0 = ModelCatalog.find("efficientnet_b0");

    private static ProxySettings settings(int size, double width, ProxyFit fit) {
        return new ProxySettings("shapes", size, 0, 0, 1, 32, width, 0, fit, 0);
    }

    private static List<StandIn> grid(int size, double width, ProxyFit fit) {
        CostModel costs = new CostModel(B0, CLASSES);
        StandIns standIns = new StandIns(settings(size, width, fit), B0);
        return CoefficientGrid.standard().coefficients().stream()
                .map(one -> standIns.of(costs.cost(one, 1), CLASSES))
                .toList();
    }

    private static double rankCorrelation(List<StandIn> standIns) {
        return new ProxyCheck(standIns, OptionalInt.empty()).rankCorrelation().orElseThrow();
    }

    /** The command line's defaults: 48 px, half the channels, fitted to the cost. */
    @Test
    void theDefaultStandInsRankAsTheWholeNetworks() {
        List<StandIn> standIns = grid(48, 0.5, ProxyFit.MATCHED);
        assertEquals(111, standIns.size());
        assertTrue(rankCorrelation(standIns) >= 0.9, "rank correlation " + rankCorrelation(standIns));
        for (StandIn one : standIns) {
            assertEquals(
                    1, one.macsRatio() / one.wholeRatio(), 0.03, one.model().toString());
        }
    }

    /** Figures of the whole grid counted by another program before stand-ins could be fitted: .63 and 66 networks. */
    @Test
    void proportionalStandInsOfSmallPicturesRankOtherwise() {
        List<StandIn> standIns = grid(32, 0.5, ProxyFit.PROPORTIONAL);
        assertEquals(0.63, rankCorrelation(standIns), 0.005);
        ProxyCheck check = new ProxyCheck(standIns, OptionalInt.of(32));
        assertEquals(66, check.different());
        List<String> warnings = check.warnings();
        assertEquals(3, warnings.size(), warnings.toString());
        assertTrue(warnings.get(0).contains("rank correlation 0.63"), warnings.get(0));
        assertTrue(warnings.get(1).contains("map of 1 x 1"), warnings.get(1));
        assertTrue(warnings.get(2).contains("enlarged to as much as 45 px"), warnings.get(2));
    }

    @ParameterizedTest
    @CsvSource({"32, 0, 1", "33, 0, 2", "32, 16, 2", "22, 8, 3", "32, 8, 4"})
    void theLastMapFollowsFromSizeAndStride(int size, int stride, int map) {
        StandIns standIns = new StandIns(settings(size, 1, new ProxyFit(ProxyFit.Sizing.matched, stride)), B0);
        CostedCoefficients base = new CostModel(B0, CLASSES).cost(new Coefficients(1, 1, 1), 1);
        StandIn standIn = standIns.of(base, CLASSES);
        assertEquals(map, standIn.map());
        assertEquals(1, standIn.macsRatio(), 1e-12);
        assertEquals(1, standIn.wholeRatio(), 1e-12);
        assertEquals(size, standIn.size());
    }

    @Test
    void aLargerStrideThanTheNetworksIsRefused() {
        CostedCoefficients base = new CostModel(B0, CLASSES).cost(new Coefficients(1, 1, 1), 1);
        ProxyFit fit = new ProxyFit(ProxyFit.Sizing.matched, 64);
        InvalidInputException refused =
                assertThrows(InvalidInputException.class, () -> new StandIns(settings(64, 1, fit), B0).model(base));
        assertTrue(refused.getMessage().contains("at most the network's own of 32, found 64"), refused.getMessage());
        assertThrows(InvalidInputException.class, () -> new ProxyFit(ProxyFit.Sizing.matched, 12));
        assertThrows(InvalidInputException.class, () -> new StandIns(settings(8, 1, ProxyFit.MATCHED), B0).model(base));
    }

    /** Pictures that are as large as the largest stand-in are not enlarged. */
    @Test
    void goodStandInsBringNoWarning() {
        List<StandIn> standIns = grid(22, 0.5, new ProxyFit(ProxyFit.Sizing.matched, 8));
        assertEquals(List.of(), new ProxyCheck(standIns, OptionalInt.of(36)).warnings());
    }
}
