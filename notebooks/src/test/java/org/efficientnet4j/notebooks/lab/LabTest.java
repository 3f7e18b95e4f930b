package org.efficientnet4j.notebooks.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import org.efficientnet4j.data.augment.AugmentationPolicy;
import org.efficientnet4j.data.source.GeneratedShapes;
import org.efficientnet4j.models.ArchitectureFile;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.spec.MBConvStage;
import org.efficientnet4j.train.options.DataOptions;
import org.efficientnet4j.train.options.RunOptions;
import org.efficientnet4j.train.options.TrainingOptions;
import org.junit.jupiter.api.Test;

class LabTest {
    private static final ModelDefinition TINY = ArchitectureFile.parse("""
            name: tiny
            size: 32
            stem: 8
            blocks:
              - r1_k3_s2_e2_i8_o16_se0.25
            head: 32
            """);

    @Test
    void countsABlockByHand() {
        // 24 channels expanded to 144 on 56 x 56, depthwise 3 x 3 with stride 2, projected to 40 on 28 x 28
        long expected = 24L * 144 * 56 * 56 + 9L * 144 * 28 * 28 + 144L * 40 * 28 * 28;

        assertEquals(
                expected,
                Blocks.macs(Blocks.of(new MBConvStage(1, 3, 2, 6, 40, 0), 24).get(0), 56));
    }

    @Test
    void summarisesRepetitions() {
        Sample sample = Sample.of(List.of(1.0, 2.0, 3.0, 4.0));

        assertEquals(2.5, sample.mean());
        assertEquals(Math.sqrt(5.0 / 3), sample.deviation(), 1e-12);
    }

    @Test
    void unaugmentedPicturesAreTheOriginals() {
        GeneratedShapes shapes = new GeneratedShapes(2, 1, 32);

        BufferedImage prepared =
                Pictures.prepared(shapes, 32, 2, AugmentationPolicy.none(), 1).get(1);
        BufferedImage original = Pictures.original(shapes, 1);

        for (int i = 0; i < 32 * 32; i++) {
            assertEquals(original.getRGB(i % 32, i / 32), prepared.getRGB(i % 32, i / 32), "pixel " + i);
        }
    }

    @Test
    void trainsAndShowsWhatTheNetworkSees() {
        SmallTraining training = SmallTraining.of(
                TINY,
                TrainingOptions.builder()
                        .set(DataOptions.SOURCE, "shapes:200")
                        .set(DataOptions.SIZE, 32)
                        .set(RunOptions.EPOCHS, 2));

        assertEquals("", training.failure());
        assertEquals(List.of(1, 2), training.numbers());
        assertEquals(2, training.heldOutAccuracy().size());
        Map<String, List<BufferedImage>> maps = FeatureMaps.of(
                training.modelFile(), new GeneratedShapes(10, 1, 32), 3, List.of("stride2", "stride4"), 5);
        assertEquals(16, maps.get("stride2").get(0).getWidth());
        assertEquals(8, maps.get("stride4").get(0).getWidth());
        assertTrue(maps.get("stride2").size() == 5);
    }
}
