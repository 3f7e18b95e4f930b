package org.efficientnet4j.families;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.efficientnet4j.models.ModelCatalog;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.models.Variant;
import org.efficientnet4j.plan.NetworkPlan;
import org.efficientnet4j.plan.PlanSettings;
import org.efficientnet4j.plan.Section;
import org.efficientnet4j.scaling.ModelCost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Counts of torchvision 0.14 (MACs at 224 pixels) and of timm (EfficientNet-Lite), at 1000 classes. */
class ComparisonNetworksTest {
    @ParameterizedTest
    @CsvSource({
        "alexnet,   61100840,   714188480",
        "vgg11,    132863336,  7609090048",
        "vgg16,    138357544, 15470264320",
        "vgg19,    143667240, 19632062464",
        "googlenet,  6624904,  1498376192",
        "resnet18,  11689512,  1814073344",
        "resnet34,  21797672,  3663761408",
        "resnet50,  25557032,  4089184256",
        "resnet101, 44549160,  7801405440",
        "resnet152, 60192808, 11513626624",
    })
    void countsTorchvisionsParametersAndMacs(String name, long parameters, long macs) {
        ModelCost cost = ModelCatalog.find(name).cost(1000);
        assertEquals(parameters, cost.trainableParameters());
        assertEquals(macs, cost.macs());
    }

    @ParameterizedTest
    @CsvSource({
        "vgg13,            133047848",
        "vgg11_bn,         132868840",
        "vgg13_bn,         133053736",
        "vgg16_bn,         138365992",
        "vgg19_bn,         143678248",
        "mobilenet_v2,       3504872",
        "efficientnet_lite0, 4652008",
        "efficientnet_lite1, 5416680",
        "efficientnet_lite2, 6092072",
        "efficientnet_lite3, 8197096",
        "efficientnet_lite4, 13006568",
    })
    void countsParameters(String name, long parameters) {
        assertEquals(parameters, ModelCatalog.find(name).cost(1000).trainableParameters());
    }

    /** torchvision's {@code googlenet(aux_logits=True)} has 13,004,888 parameters. */
    @Test
    void countsGoogLeNetsAuxiliaryHeadsApart() {
        ModelDefinition model = ModelCatalog.find("googlenet");
        NetworkPlan plan = new GoogLeNet().withAuxiliaryHeads(model).orElseThrow();
        assertEquals(
                13_004_888,
                plan.sections().stream().mapToLong(Section::trainableParameters).sum());
        assertEquals(6_624_904, plan.trainableParameters());
        assertEquals(1_498_376_192, ModelCost.of(plan, 224).macs());
    }

    /** The count of the usual LeNet-5 on 32-pixel grey images: 156 + 2,416 + 48,120 + 10,164 + 850. */
    @Test
    void countsLeNetByHand() {
        ModelDefinition lenet = ModelCatalog.find("LeNet-5");
        ModelCost cost = ModelCost.of(lenet.plan(PlanSettings.classes(10).withInputChannels(1)), 32);
        assertEquals(61_706, cost.trainableParameters());
        assertEquals(28 * 28 * 25 * 6 + 10 * 10 * 25 * 6 * 16 + 400 * 120 + 120 * 84 + 84 * 10, cost.macs());
    }

    @ParameterizedTest
    @CsvSource({"ResNet-50, resnet50", "vgg16bn, vgg16_bn", "MobileNetV2, mobilenet_v2", "lite0, efficientnet_lite0"})
    void suggestsOrFindsNamesOfEveryFamily(String asked, String name) {
        assertTrue(ModelCatalog.nearest(asked).contains(name), () -> ModelCatalog.nearest(asked)
                .toString());
    }

    @Test
    void namesEveryModelOnce() {
        List<String> names = ModelCatalog.variants().stream()
                .map(Variant::model)
                .map(ModelDefinition::name)
                .toList();
        assertEquals(names.stream().distinct().toList(), names);
    }
}
