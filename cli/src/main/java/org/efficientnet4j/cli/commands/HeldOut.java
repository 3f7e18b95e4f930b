package org.efficientnet4j.cli.commands;

import java.nio.file.Files;
import java.nio.file.Path;
import org.efficientnet4j.data.source.SplitOptions;
import org.efficientnet4j.train.options.TrainingOptions;
import org.efficientnet4j.train.options.TrainingOptionsBuilder;
import org.efficientnet4j.train.options.TrainingOptionsFile;

/** Which images a training held out, so that an evaluation does not score what the network has learnt from. */
final class HeldOut {
    private HeldOut() {}

    /** The split of the run that a model file lies in, or training's default; what is not null wins. */
    static SplitOptions split(Path modelFile, Long seed, Double fraction) {
        Path config = modelFile.toAbsolutePath().resolveSibling("config.yaml");
        TrainingOptionsBuilder run =
                Files.isRegularFile(config) ? TrainingOptionsFile.read(config) : TrainingOptions.builder();
        SplitOptions split = run.split();
        return new SplitOptions(
                fraction == null ? split.validationFraction() : fraction, seed == null ? split.seed() : seed);
    }
}
