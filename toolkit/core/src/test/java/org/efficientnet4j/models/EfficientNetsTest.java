package org.efficientnet4j.models;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.efficientnet4j.core.Normalization;
import org.efficientnet4j.plan.NetworkPlan;
import org.efficientnet4j.plan.Section;
import org.efficientnet4j.scaling.ModelCost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The papers' counts, and torchvision's for the models it has. */
class EfficientNetsTest {
    private static final int IMAGENET_CLASSES = 1000;

    static List<ModelDefinition> published() {
        return ModelCatalog.variants().stream()
                .map(Variant::model)
                .filter(model -> model.family().matches("efficientnet(_v2)?"))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "efficientnet_b0,     224,   5288548,    385814752",
        "efficientnet_b1,     240,   7794184,    686802832",
        "efficientnet_b2,     260,   9109994,    993561872",
        "efficientnet_b3,     300,  12233232,   1827141392",
        "efficientnet_b4,     380,  19341616,   4393771024",
        "efficientnet_b5,     456,  30389784,  10266384752",
        "efficientnet_b6,     528,  43040704,  19067593536",
        "efficientnet_b7,     600,  66347960,  37745884192",
        "efficientnet_v2_s,   384,  21458488,   8365617152",
        "efficientnet_v2_m,   480,  54139356,  24582460384",
        "efficientnet_v2_l,   480, 118515272,  56079699008",
    })
    void countsExactlyWhatIsPublished(String name, int size, long parameters, long macs) {
        ModelDefinition model = ModelCatalog.find(name);
        ModelCost cost = model.cost(IMAGENET_CLASSES);
        assertEquals(size, model.evalSize());
        assertEquals(parameters, cost.trainableParameters());
        assertEquals(macs, cost.macs());
    }

    @ParameterizedTest
    @CsvSource({
        "efficientnet_b8,     672,  87413142,  62.6,  0.05",
        "efficientnet_l2,     800, 480309308, 475.7,  0.05",
        "efficientnet_v2_xl,  512, 208119808,  93.35, 0.005",
        "efficientnet_v2_b0,  224,   7139704,   0.718, 0.0005",
        "efficientnet_v2_b1,  240,   8141052,   1.197, 0.0005",
        "efficientnet_v2_b2,  260,  10096086,   1.698, 0.0005",
        "efficientnet_v2_b3,  300,  14358406,   3.01,  0.005",
    })
    void countsWhatIsPublishedRoundedToItsDigits(
            String name, int size, long parameters, double gigaMacs, double halfDigit) {
        ModelDefinition model = ModelCatalog.find(name);
        ModelCost cost = model.cost(IMAGENET_CLASSES);
        assertEquals(size, model.evalSize());
        assertEquals(parameters, cost.trainableParameters());
        assertEquals(gigaMacs, cost.macs() / 1e9, halfDigit);
    }

    @ParameterizedTest
    @CsvSource({
        "efficientnet_b0, 5330564",
        "efficientnet_b1, 7856232",
        "efficientnet_b2, 9177562",
        "efficientnet_b3, 12320528",
        "efficientnet_b4, 19466816",
        "efficientnet_b5, 30562520",
        "efficientnet_b6, 43265136",
        "efficientnet_b7, 66658680",
        "efficientnet_v2_b0, 7200312",
        "efficientnet_v2_s, 21612360",
        "efficientnet_v2_m, 54431388",
        "efficientnet_v2_l, 119027848",
        "efficientnet_v2_xl, 208896832",
    })
    void countsBatchNormStatisticsAsDl4jDoes(String name, long parameters) {
        assertEquals(parameters, ModelCatalog.find(name).cost(IMAGENET_CLASSES).totalParameters());
    }

    @ParameterizedTest
    @CsvSource({
        "b0,16",
        "b1,23",
        "b2,23",
        "b3,26",
        "b4,32",
        "b5,39",
        "b6,45",
        "b7,55",
        "b8,61",
        "l2,88",
        "v2_b0,21",
        "v2_b1,27",
        "v2_b2,28",
        "v2_b3,32",
        "v2_s,40",
        "v2_m,57",
        "v2_l,79",
        "v2_xl,100",
    })
    void hasThePublishedNumberOfBlocks(String shortName, int blocks) {
        assertEquals(
                blocks,
                ModelCatalog.find("efficientnet_" + shortName).plan().sections(Section.Kind.BODY).stream()
                        .mapToInt(section -> section.blocks().size())
                        .sum());
    }

    @ParameterizedTest
    @CsvSource({
        "v2_b0, 192, 224, .2", "v2_b1, 192, 240, .2", "v2_b2, 208, 260, .3", "v2_b3, 240, 300, .3",
        "v2_s, 300, 384, .2", "v2_m, 384, 480, .3", "v2_l, 384, 480, .4", "v2_xl, 384, 512, .4",
        "b0, 224, 224, .2", "b4, 380, 380, .4", "b7, 600, 600, .5", "l2, 800, 800, .5",
    })
    void trainsAndEvaluatesAtThePublishedSizeWithThePublishedDropout(
            String shortName, int trainSize, int evalSize, double dropout) {
        ModelDefinition model = ModelCatalog.find("efficientnet_" + shortName);
        assertEquals(trainSize, model.trainSize());
        assertEquals(evalSize, model.evalSize());
        assertEquals(dropout, model.dropout());
    }

    @ParameterizedTest
    @CsvSource({"v2_b0,1280", "v2_b1,1280", "v2_b2,1408", "v2_b3,1536", "v2_s,1280", "b0,1280", "b7,2560"})
    void hasThePublishedHead(String shortName, int channels) {
        NetworkPlan plan = ModelCatalog.find("efficientnet_" + shortName).plan();
        assertEquals(channels, plan.channels().get("head"));
    }

    @ParameterizedTest
    @MethodSource("published")
    void reducesImagesByThirtyTwo(ModelDefinition model) {
        assertEquals(32, model.plan().stride());
        assertEquals(32, model.plan().minimumSize());
    }

    @Test
    void normalisesSmallNetworksByImageNetAndLargeV2ByHalfRange() {
        assertEquals(
                Normalization.IMAGENET, ModelCatalog.find("efficientnet_v2_b3").normalization());
        assertEquals(
                Normalization.INCEPTION, ModelCatalog.find("efficientnet_v2_s").normalization());
    }
}
