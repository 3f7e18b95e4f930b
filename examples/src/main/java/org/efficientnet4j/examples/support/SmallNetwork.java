package org.efficientnet4j.examples.support;

import org.efficientnet4j.models.ArchitectureFile;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.train.options.DataOptions;
import org.efficientnet4j.train.options.OptimizerOptions;
import org.efficientnet4j.train.options.RegularizationOptions;
import org.efficientnet4j.train.options.RunOptions;
import org.efficientnet4j.train.options.TrainingOptions;
import org.efficientnet4j.train.options.TrainingOptionsBuilder;

/**
 * An EfficientNetV2 in small, of which a minute teaches something: two Fused-MBConv stages, one of MBConv with
 * squeeze-excite; 190,000 parameters, stride 8.
 */
public final class SmallNetwork {
    /** An architecture file: the published block notation, a line a stage. */
    public static final String YAML = """
            name: small
            size: 48
            stem: 24
            blocks:
              - r1_k3_s1_e1_i24_o24_c1
              - r1_k3_s2_e4_i24_o48_c1
              - r2_k3_s2_e4_i48_o96_se0.25
            head: 256
            dropout: 0.1
            """;

    private SmallNetwork() {}

    /**
     * Options for a training of a minute: small batches for many steps, a high learning rate, and little regularisation, as
     * who sees an image four times does not learn it by heart. Longer trainings want the defaults.
     *
     * @param source of the images
     * @param size image height and width in pixels
     * @param epochs passes over the training images
     */
    public static TrainingOptionsBuilder options(String source, int size, int epochs) {
        return TrainingOptions.builder()
                .set(DataOptions.SOURCE, source)
                .set(DataOptions.SIZE, size)
                .set(DataOptions.BATCH, 16)
                .set(RunOptions.EPOCHS, epochs)
                .set(OptimizerOptions.LEARNING_RATE, 0.01)
                .set(RegularizationOptions.LABEL_SMOOTHING, 0.0)
                .set(RegularizationOptions.DROP_CONNECT_RATE, 0.0);
    }

    /** The network as a value. */
    public static ModelDefinition model() {
        return ArchitectureFile.parse(YAML);
    }
}
