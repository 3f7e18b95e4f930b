package org.efficientnet4j.cli.commands;

import org.efficientnet4j.train.options.TrainingOptionsBuilder;
import org.efficientnet4j.weights.names.WeightSource;
import picocli.CommandLine.Option;

/** What a training takes over from a trained network, as flags. */
final class TransferFlags {
    @Option(
            names = "--init",
            paramLabel = "FILE",
            description = "Start from trained weights: a model.zip, or a .safetensors, .pth, .pt or .h5 file, or an"
                    + " address https://...#sha256=... of one. The"
                    + " classifier is drawn anew; the learning rate is a tenth, unless given or the classifier learns"
                    + " alone.")
    private String init;

    @Option(
            names = "--source",
            paramLabel = "LIBRARY",
            converter = SourceFlag.Libraries.class,
            description =
                    "With --init: whose weights they are, torchvision, timm or keras (auto: told by their names).")
    private WeightSource source;

    @Option(
            names = "--freeze-until",
            paramLabel = "STAGE",
            description = "With --init: the last stage that does not learn: stem, stage1 and so on as in 'effnet"
                    + " summary', head (all but the classifier).")
    private String freezeUntil;

    @Option(
            names = "--unfreeze-every",
            paramLabel = "K",
            description = "With --freeze-until: let one stage more learn every K epochs, the last frozen one first.")
    private Integer unfreezeEvery;

    @Option(
            names = "--layer-lr-decay",
            paramLabel = "X",
            description = "Each stage's learning rate as a share of that of the one behind it, e.g. 0.7 (1).")
    private Double layerLearningRateDecay;

    /** Created by picocli. */
    TransferFlags() {}

    void apply(TrainingOptionsBuilder builder) {
        TrainingFlags.set(init, builder::init);
        TrainingFlags.set(source, builder::initSource);
        TrainingFlags.set(freezeUntil, builder::freezeUntil);
        TrainingFlags.set(unfreezeEvery, builder::unfreezeEvery);
        TrainingFlags.set(layerLearningRateDecay, builder::layerLearningRateDecay);
    }
}
