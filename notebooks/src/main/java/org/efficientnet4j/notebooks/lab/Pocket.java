package org.efficientnet4j.notebooks.lab;

import org.efficientnet4j.models.ArchitectureFile;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.train.options.Augmentation;
import org.efficientnet4j.train.options.DataOptions;
import org.efficientnet4j.train.options.OptimizerOptions;
import org.efficientnet4j.train.options.RegularizationOptions;
import org.efficientnet4j.train.options.RunOptions;
import org.efficientnet4j.train.options.ScheduleOptions;
import org.efficientnet4j.train.options.TrainingOptions;
import org.efficientnet4j.train.options.TrainingOptionsBuilder;

/** An EfficientNet small enough to be trained a dozen times within a minute or two on one core. */
public final class Pocket {
    /** The network, in the published block notation, a line a stage. */
    public static final String ARCHITECTURE = """
            name: pocket
            size: 32
            stem: 16
            blocks:
              - r1_k3_s1_e1_i16_o16_c1
              - r1_k3_s2_e4_i16_o32_c1
              - r1_k3_s2_e4_i32_o64_se0.25
            head: 128
            dropout: 0.1
            """;

    /** Four figures of the generated ones that such a network learns soon: heart, ring, semicircle and square. */
    public static final String FIGURES = "classes:4-7:shapes:";

    private static final int BATCH = 16;
    private static final double LEARNING_RATE = 0.01;
    private static final double HELD_OUT = 0.4;

    private Pocket() {}

    /** The network as a value. */
    public static ModelDefinition network() {
        return ArchitectureFile.parse(ARCHITECTURE);
    }

    /**
     * Options of a short training: small batches for many steps, one epoch of warm-up, and nothing that keeps from learning
     * by heart. Two fifths of the images are held out.
     *
     * @param source of the images
     * @param size image height and width in pixels
     * @param epochs passes over the training images
     */
    public static TrainingOptionsBuilder options(String source, int size, int epochs) {
        return TrainingOptions.builder()
                .set(DataOptions.SOURCE, source)
                .set(DataOptions.SIZE, size)
                .set(DataOptions.BATCH, BATCH)
                .set(DataOptions.VALIDATION_FRACTION, HELD_OUT)
                .set(DataOptions.AUGMENTATION, Augmentation.NONE)
                .set(OptimizerOptions.LEARNING_RATE, LEARNING_RATE)
                .set(ScheduleOptions.WARMUP_EPOCHS, 1.0)
                .set(RegularizationOptions.LABEL_SMOOTHING, 0.0)
                .set(RegularizationOptions.DROP_CONNECT_RATE, 0.0)
                .set(RunOptions.EPOCHS, epochs);
    }
}
