package org.efficientnet4j.cli.commands;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.efficientnet4j.data.DataPart;
import org.efficientnet4j.data.DataParts;
import org.efficientnet4j.data.ImageSource;
import org.efficientnet4j.data.source.ImageSources;
import org.efficientnet4j.data.source.SplitOptions;
import org.efficientnet4j.model.ModelMetadata;
import org.efficientnet4j.model.TrainedData;
import org.efficientnet4j.train.options.DataOptions;
import org.efficientnet4j.train.options.TrainingOptions;
import org.efficientnet4j.train.options.TrainingOptionsFile;
import org.efficientnet4j.train.run.DataRecord;

/**
 * The images that an evaluation judges: of the data that the network was trained on, those held out; of other data, the
 * part that the data itself holds out, or else every image.
 *
 * @param parts the source with all its parts
 * @param part the part to judge
 * @param own whether the network was trained on this data
 * @param unseen whether the network is known to have learnt from no image outside the train part
 * @param warnings reasons to trust the judgement less
 */
record JudgedImages(DataParts parts, DataPart part, boolean own, boolean unseen, List<String> warnings) {
    JudgedImages {
        warnings = List.copyOf(warnings);
    }

    /**
     * A request for images.
     *
     * @param source the images' expression
     * @param part the part; null to choose by the model's training
     * @param seed of the split; null for the training's
     * @param fraction of the split; null for the training's
     */
    record Wish(String source, DataPart part, Long seed, Double fraction) {
        boolean namesSplit() {
            return seed != null || fraction != null;
        }
    }

    /** Opens the images for a model file. */
    static JudgedImages open(Path modelFile, ModelMetadata model, Wish wish) {
        SplitOptions split = split(modelFile, model, wish);
        DataParts parts = ImageSources.parts(wish.source(), split, (file, done, total) -> {});
        Optional<TrainedData> trained = model.data();
        Optional<TrainedData> now = trained.filter(then -> parts.train().isPresent()
                        && (parts.validation().isPresent() || parts.test().isPresent())
                        && parts.all().labels().equals(model.labels()))
                .map(then -> DataRecord.of(wish.source(), split, parts.splits()));
        boolean sameImages =
                now.isPresent() && now.get().train().equals(trained.get().train());
        Optional<String> origin = trained.map(TrainedData::source).or(() -> configured(modelFile));
        boolean own = sameImages
                || origin.filter(from -> ImageSources.sameOrigin(from, wish.source()))
                        .isPresent();
        List<String> warnings = new ArrayList<>();
        boolean comparable = sameImages
                || (now.isPresent() && ImageSources.same(trained.get().source(), wish.source()));
        if (comparable && !wish.namesSplit()) {
            warnings.addAll(DataRecord.changes(trained.get(), now.get(), model.labels()));
        }
        if (!own) {
            overlap(origin, model, wish).ifPresent(warnings::add);
        }
        // Where the training's images are others now, or not on record, nothing says which were learnt from.
        return new JudgedImages(parts, part(parts, own, wish), own, sameImages, warnings);
    }

    private static DataPart part(DataParts parts, boolean own, Wish wish) {
        if (wish.part() != null) {
            return wish.part();
        }
        return own || wish.namesSplit() ? parts.heldOut() : parts.unseen();
    }

    /** The training's split, in which what is given wins. */
    static SplitOptions split(Path modelFile, ModelMetadata model, Wish wish) {
        SplitOptions trained = model.data()
                .map(DataRecord::split)
                .or(() -> config(modelFile)
                        .map(file -> TrainingOptionsFile.read(file).split()))
                .orElseGet(() -> TrainingOptions.builder().split());
        return new SplitOptions(
                wish.fraction() == null ? trained.validationFraction() : wish.fraction(),
                wish.seed() == null ? trained.seed() : wish.seed(),
                trained.rule());
    }

    private static Optional<String> configured(Path modelFile) {
        return config(modelFile).flatMap(file -> TrainingOptionsFile.read(file).find(DataOptions.SOURCE));
    }

    /** The configuration of the run that a model file lies in. */
    private static Optional<Path> config(Path modelFile) {
        Path folder = modelFile.toAbsolutePath().getParent();
        return List.of(folder.resolve("config.yaml"), folder.resolveSibling("config.yaml")).stream()
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private static Optional<String> overlap(Optional<String> origin, ModelMetadata model, Wish wish) {
        if (origin.isPresent()) {
            return origin.filter(from -> ImageSources.mayOverlap(from, wish.source()))
                    .map(from -> "The images may overlap with those that the model was trained on, " + from
                            + ": it may have learnt from some of them.");
        }
        return model.provenance().isPresent()
                ? Optional.of(
                        "The model file does not say which images it was trained on: it may have learnt from some of"
                                + " these.")
                : Optional.empty();
    }

    ImageSource images() {
        return parts.part(part);
    }

    int total() {
        return parts.all().size();
    }

    /** The part in a sentence. */
    String sentence() {
        ImageSource images = images();
        String which =
                switch (part) {
                    case ALL -> "every image";
                    case TRAIN -> "the train part";
                    case TEST -> "the test part";
                    case VALIDATION ->
                        parts.undivided().isPresent() ? "the drawn validation part" : "the validation part";
                };
        String why = !own
                ? ""
                : part == DataPart.TRAIN || part == DataPart.ALL
                        ? "; the model has learnt from images among them"
                        : unseen
                                ? "; the model has not learnt from these"
                                : "; the model may have learnt from some of these";
        return String.format(Locale.ROOT, "Judged on %s: %,d of %,d images%s.", which, images.size(), total(), why);
    }
}
