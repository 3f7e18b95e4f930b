package org.efficientnet4j.weights.names;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.Normalization;
import org.efficientnet4j.models.Convention;
import org.efficientnet4j.models.Families;
import org.efficientnet4j.models.Library;
import org.efficientnet4j.models.ModelCatalog;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.plan.Padding;
import org.efficientnet4j.weights.names.TensorBinding.Arrangement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WeightSourceTest {
    private static final ModelDefinition V2_S = ModelCatalog.find("efficientnet_v2_s");

    @ParameterizedTest
    @EnumSource(WeightSource.class)
    void recognisesEachLibraryByItsOwnNames(WeightSource source) {
        ModelDefinition b0 = ModelCatalog.find("efficientnet_b0");
        assertEquals(source, WeightSource.recognize(names(source.names(b0), b0), b0));
    }

    @Test
    void recognisesLayersOfKerasByClassAndCount() {
        ModelDefinition b0 = ModelCatalog.find("efficientnet_b0");
        List<String> tensors = names(counted(b0), b0);
        assertEquals(WeightSource.KERAS, WeightSource.recognize(tensors, b0));
        assertEquals(tensors, names(WeightSource.KERAS.names(b0, tensors), b0));
    }

    @Test
    void namesWhatAnUnknownFileBeginsWith() {
        InvalidInputException error = assertThrows(
                InvalidInputException.class,
                () -> WeightSource.recognize(List.of("layer1.weight", "layer1.bias"), V2_S));
        assertTrue(error.getMessage().contains("begins with layer1.weight, layer1.bias"), error.getMessage());
        assertTrue(error.getMessage().contains("torchvision, timm, keras"), error.getMessage());
    }

    /** Counted by hand: 16 blocks, 15 of which expand; 55 and 51. */
    @ParameterizedTest
    @CsvSource({
        "efficientnet_b0, conv2d_64, batch_normalization_48, depthwise_conv2d_15",
        "efficientnet_b7, conv2d_217, batch_normalization_162, depthwise_conv2d_54",
    })
    void countsLayersInTheNetworksOrder(String model, String convolution, String norm, String depthwise) {
        ModelDefinition definition = ModelCatalog.find(model);
        List<String> tensors = names(counted(definition), definition);
        assertEquals(last(convolution + "/kernel", "conv2d_", tensors), convolution + "/kernel");
        assertEquals(last(norm + "/moving_variance", "batch_normalization_", tensors), norm + "/moving_variance");
        assertEquals(last(depthwise + "/kernel", "depthwise_conv2d_", tensors), depthwise + "/kernel");
    }

    private static String last(String expected, String prefix, List<String> tensors) {
        assertTrue(tensors.contains(expected), expected);
        return tensors.stream()
                .filter(name -> name.startsWith(prefix))
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "efficientnet_b0, stage2.block1.expand_W, block2a_expand_conv/kernel",
        "efficientnet_b0, stage1.block1.project_var, block1a_project_bn/moving_variance",
        "efficientnet_b7, stage6.block13.depthwise_W, block6m_dwconv/kernel",
        "efficientnet_b0, stage2.block2.squeezeExcite_W1, block2b_se_reduce/kernel",
        "efficientnet_v2_s, stage1.block2.fused_W, block1b_project_conv/kernel",
        "efficientnet_v2_s, stage2.block1.fused_gamma, block2a_expand_bn/gamma",
        "efficientnet_v2_s, stage2.block1.project_W, block2a_project_conv/kernel",
        "efficientnet_v2_l, stage6.block25.depthwise_W, block6y_dwconv2/kernel",
        "efficientnet_v2_s, head_beta, top_bn/beta",
        "efficientnet_b0, classifier_W, predictions/kernel",
    })
    void namesLayersOfKeras(String model, String parameter, String name) {
        assertEquals(
                Optional.of(name),
                WeightSource.KERAS
                        .names(ModelCatalog.find(model))
                        .bindings(ModelCatalog.find(model).plan())
                        .stream()
                        .filter(binding -> binding.parameter().equals(parameter))
                        .map(TensorBinding::name)
                        .findFirst());
    }

    @Test
    void putsKernelsOfKerasInOurOrderAndBack() {
        // Height 1, width 2, two channels in, three out.
        TensorBinding kernel = new TensorBinding("W", "kernel", List.of(1L, 2L, 2L, 3L), Arrangement.CHANNELS_LAST);
        float[] theirs = {0, 1, 2, 10, 11, 12, 100, 101, 102, 110, 111, 112};
        float[] ours = {0, 100, 10, 110, 1, 101, 11, 111, 2, 102, 12, 112};
        assertArrayEquals(ours, kernel.toOurs(theirs));
        assertArrayEquals(theirs, kernel.toTheirs(ours));
    }

    @ParameterizedTest
    @CsvSource({
        "efficientnet_b0, 0.99, 58.395",
        "efficientnet_v2_b0, 0.9, 58.395",
        "efficientnet_v2_s, 0.9, 128",
    })
    void hasTheConventionOfKeras(String model, double decay, float redDeviation) {
        Convention convention = WeightSource.KERAS.convention(model, ModelCatalog.find(model));
        assertEquals(Padding.SAME, convention.padding());
        assertEquals(1e-3, convention.batchNorm().epsilon());
        assertEquals(decay, convention.batchNorm().decay());
        assertEquals(redDeviation, convention.normalization().std().get(0));
    }

    @Test
    void dividesByImagenetsDeviationsWhereAKerasFileHasThemAsVariances() {
        assertNormalization(
                Normalization.IMAGENET,
                normalization(new float[] {.485f, .456f, .406f}, new float[] {.229f, .224f, .225f}));
    }

    @Test
    void takesOtherVariancesOfAKerasFileAsTheyAre() {
        assertNormalization(Normalization.UNIT_RANGE, normalization(new float[3], new float[] {1, 1, 1}));
        assertNormalization(Normalization.IMAGENET, normalization(new float[] {.485f, .456f, .406f}, new float[] {
            .229f * .229f, .224f * .224f, .225f * .225f
        }));
    }

    @Test
    void refusesANormalizationForOtherChannels() {
        InvalidInputException error =
                assertThrows(InvalidInputException.class, () -> normalization(new float[1], new float[] {1}));
        assertTrue(error.getMessage().contains("must have 3 channels"), error.getMessage());
    }

    private static Normalization normalization(float[] mean, float[] variance) {
        Map<String, float[]> file = Map.of("normalization_2/mean", mean, "normalization_2/variance", variance);
        return WeightSource.KERAS.normalization(file.keySet(), file::get).orElseThrow();
    }

    private static void assertNormalization(Normalization expected, Normalization actual) {
        for (int channel = 0; channel < 3; channel++) {
            assertEquals(expected.mean().get(channel), actual.mean().get(channel), 1e-3f);
            assertEquals(expected.std().get(channel), actual.std().get(channel), 1e-3f);
        }
    }

    private static List<String> names(NameMap map, ModelDefinition model) {
        return map.bindings(model.plan()).stream().map(TensorBinding::name).toList();
    }

    private static NameMap counted(ModelDefinition model) {
        return KerasNames.counted(
                Families.named(model.family()).names(Library.KERAS).orElseThrow());
    }
}
