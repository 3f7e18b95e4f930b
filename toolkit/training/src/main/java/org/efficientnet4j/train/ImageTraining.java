package org.efficientnet4j.train;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.backend.Backend;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.Preprocessing;
import org.efficientnet4j.data.DataSplits;
import org.efficientnet4j.data.ImageReadException;
import org.efficientnet4j.data.ImageSource;
import org.efficientnet4j.data.SkippedImage;
import org.efficientnet4j.data.check.ReadableClasses;
import org.efficientnet4j.data.pipeline.ImagePipeline;
import org.efficientnet4j.data.source.ImageSources;
import org.efficientnet4j.data.source.SplitOptions;
import org.efficientnet4j.model.ModelFile;
import org.efficientnet4j.model.ModelMetadata;
import org.efficientnet4j.model.TrainedData;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.plan.PlanSettings;
import org.efficientnet4j.train.options.ClassifierStart;
import org.efficientnet4j.train.options.DataOptions;
import org.efficientnet4j.train.options.Problems;
import org.efficientnet4j.train.options.ProgressiveOptions;
import org.efficientnet4j.train.options.RegularizationOptions;
import org.efficientnet4j.train.options.RunOptions;
import org.efficientnet4j.train.options.TrainingOptions;
import org.efficientnet4j.train.options.TrainingOptionsBuilder;
import org.efficientnet4j.train.options.TransferOptions;
import org.efficientnet4j.train.phase.PhasePipelines;
import org.efficientnet4j.train.phase.ProgressiveAdvice;
import org.efficientnet4j.train.phase.TrainingPhase;
import org.efficientnet4j.train.progressive.ProgressivePhase;
import org.efficientnet4j.train.progressive.ProgressiveRange;
import org.efficientnet4j.train.run.Checkpoints;
import org.efficientnet4j.train.run.DataRecord;
import org.efficientnet4j.train.run.RunLock;
import org.efficientnet4j.train.run.RunLog;
import org.efficientnet4j.train.run.TrainingRun;
import org.efficientnet4j.transfer.NetworkStages;

/**
 * A run on images, from options to a trainer: opens the source, fills in what depends on its images, builds the network
 * and the pipelines.
 */
public final class ImageTraining {
    /** Training size for a source of small, tightly framed pictures, whose own size a network of stride 32 wastes. */
    private static final int SMALL_IMAGES_SIZE = 64;

    private final TrainingOptions options;
    private final DataSplits data;
    private final ModelDefinition model;
    private final PhasePipelines pipelines;
    private final List<String> initRemarks;
    private ComputationGraph first;

    private ImageTraining(TrainingOptions options, DataSplits data, ModelDefinition model, List<String> initRemarks) {
        this.initRemarks = initRemarks;
        this.options = options;
        this.data = data;
        this.model = model;
        this.pipelines = new PhasePipelines(options, data);
    }

    /**
     * Opens the data and resolves every option; nothing is written or built yet.
     *
     * @param given at least a model and a source; stays as it is
     * @throws InvalidInputException that names every wrong option, an unknown model or unusable data
     */
    public static ImageTraining prepare(TrainingOptionsBuilder given) {
        return prepare(given, new Problems());
    }

    /**
     * Does the same for a network that is known already: one of one's own.
     *
     * @param given at least a source; stays as it is
     * @param model the network, whatever the options' model names
     * @throws InvalidInputException that names every wrong option, or unusable data
     */
    public static ImageTraining prepare(TrainingOptionsBuilder given, ModelDefinition model) {
        TrainingOptionsBuilder builder = given.copy().network(name -> model);
        if (!builder.isSet(RunOptions.MODEL)) {
            builder.set(RunOptions.MODEL, model.name());
        }
        return prepare(builder, new Problems());
    }

    /**
     * Does the same where some mistakes are known already.
     *
     * @param given at least a model and a source; stays as it is
     * @param problems mistakes that are told with those found here
     * @throws InvalidInputException that names every mistake
     */
    public static ImageTraining prepare(TrainingOptionsBuilder given, Problems problems) {
        TrainingOptionsBuilder builder = given.copy();
        builder.check(problems);
        Optional<ModelDefinition> known = problems.attempt(builder::model);
        Optional<DataSplits> found = problems.attempt(() -> open(builder));
        known.ifPresent(model -> builder.find(TransferOptions.FREEZE_UNTIL)
                .ifPresent(stage -> problems.attempt(() ->
                        NetworkStages.of(model.plan()).index(builder.name(TransferOptions.FREEZE_UNTIL), stage))));
        problems.throwIfAny();
        ModelDefinition model = known.orElseThrow();
        DataSplits data = found.orElseThrow();
        List<String> initRemarks = complete(builder, model, data);
        TrainingOptions options = builder.build();
        requireSize(options, model);
        requireChannels(options, data.train());
        return new ImageTraining(options, data, model, initRemarks);
    }

    private static DataSplits open(TrainingOptionsBuilder builder) {
        DataSplits data = ImageSources.open(builder.require(DataOptions.SOURCE), builder.split());
        ReadableClasses.require(data.train());
        ReadableClasses.require(data.validation());
        return data;
    }

    /** Fills in the options that depend on the images and on the trained weights; returns the remarks on the latter. */
    private static List<String> complete(TrainingOptionsBuilder builder, ModelDefinition model, DataSplits data) {
        requireClasses(builder, data);
        if (data.train().tightlyFramed() && !hasPublishedSize(builder, model)) {
            builder.set(DataOptions.SIZE, SMALL_IMAGES_SIZE);
        }
        if (!builder.isSet(DataOptions.CROP_FRACTION)) {
            builder.set(DataOptions.CROP_FRACTION, ImagePipeline.defaultCropFraction(data.train()));
        }
        builder.find(RegularizationOptions.CLASS_WEIGHTS)
                .ifPresent(weights -> builder.set(
                        RegularizationOptions.CLASS_WEIGHTS,
                        weights.resolved(data.train().labels(), images(data.train()))));
        return builder.find(TransferOptions.INIT)
                .map(file -> completeTransfer(builder, model, file, data.train().labels()))
                .orElse(List.of());
    }

    /** Images of each class. */
    private static long[] images(ImageSource source) {
        long[] images = new long[source.labels().size()];
        for (int i = 0; i < source.size(); i++) {
            images[source.label(i)]++;
        }
        return images;
    }

    /** True if the run's sizes are set, or come from a paper's progressive range for its very model. */
    private static boolean hasPublishedSize(TrainingOptionsBuilder builder, ModelDefinition model) {
        return builder.isSet(DataOptions.SIZE)
                || builder.isSet(ProgressiveOptions.PLAN)
                || builder.find(ProgressiveOptions.MODE)
                        .filter(mode -> ProgressiveRange.isPublished(mode, model))
                        .isPresent();
    }

    /** Adds to a run file the facts about trained weights by which the run can be told from others, and repeated. */
    private static List<String> completeTransfer(
            TrainingOptionsBuilder builder, ModelDefinition model, String file, List<String> labels) {
        if (builder.isSet(DataOptions.NORMALIZATION) && builder.isSet(TransferOptions.SHA256)) {
            return List.of(); // a run that is resumed, whose trained weights may be gone
        }
        Path path = Pretrained.locate(file);
        Pretrained.About about =
                Pretrained.about(path, builder.require(RunOptions.MODEL), model, builder.find(TransferOptions.SOURCE));
        about.source().ifPresent(source -> builder.set(TransferOptions.SOURCE, source));
        if (!builder.isSet(DataOptions.NORMALIZATION)) {
            builder.set(DataOptions.NORMALIZATION, about.normalization());
        }
        if (!builder.isSet(TransferOptions.SHA256)) {
            builder.set(TransferOptions.SHA256, Pretrained.sha256(path));
        }
        if (!builder.isSet(TransferOptions.CLASSIFIER) && about.labels().equals(labels)) {
            builder.set(TransferOptions.CLASSIFIER, ClassifierStart.KEPT);
        }
        return about.remarks();
    }

    /** Looks into the first image, so that a source without alpha is told of before anything is built. */
    private static void requireChannels(TrainingOptions options, ImageSource images) {
        int channels = options.get(DataOptions.CHANNELS);
        if (channels <= PlanSettings.RGB) {
            return;
        }
        try {
            images.readAlpha(0).close();
        } catch (ImageReadException e) {
            throw new InvalidInputException(
                    options.name(DataOptions.CHANNELS) + " " + channels + " needs images with an alpha channel, found "
                            + images.id(0) + ": " + e.reason(),
                    e);
        }
    }

    private static void requireClasses(TrainingOptionsBuilder builder, DataSplits data) {
        int found = data.train().labels().size();
        builder.find(DataOptions.CLASSES).ifPresent(expected -> {
            if (expected != found) {
                throw new InvalidInputException("The configuration says " + expected + " classes, and "
                        + data.train().description() + " has " + found + ": check --data");
            }
        });
        builder.set(DataOptions.CLASSES, found);
    }

    private static void requireSize(TrainingOptions options, ModelDefinition model) {
        int smallest = options.phases().phases().stream()
                .mapToInt(ProgressivePhase::size)
                .reduce(options.get(DataOptions.EVALUATION_SIZE), Math::min);
        int least = model.plan().minimumSize();
        if (smallest < least) {
            throw new InvalidInputException("The image size must be at least the network's smallest of " + least
                    + " pixels, found " + smallest + ": choose a larger --size, and --min-size");
        }
    }

    /** Advice on options that work but are known to train badly, in sentences; empty mostly. */
    public List<String> warnings() {
        return ProgressiveAdvice.on(options, model);
    }

    /** The options with every default filled in. */
    public TrainingOptions options() {
        return options;
    }

    /** The network. */
    public ModelDefinition model() {
        return model;
    }

    /** The images. */
    public DataSplits data() {
        return data;
    }

    /** The origin of the first weights and the stages that learn, in one line. */
    public String start() {
        return FirstNetwork.describe(options, model);
    }

    /**
     * Remarks on what was chosen and left out of the trained weights' file, in sentences without a full stop; empty for a
     * run that is resumed.
     */
    public List<String> initRemarks() {
        return initRemarks;
    }

    /**
     * Builds the network that a new run starts with, which finds out whether trained weights fit. {@link #trainer} uses it.
     *
     * @throws InvalidInputException if the trained weights cannot be read, or are not this model's
     */
    public void requireStart() {
        Backend.requireUsable();
        first = firstNetwork().create();
    }

    /**
     * A trainer for a run with these options, new or to be resumed.
     *
     * @param run made of {@link #options()}
     * @throws InvalidInputException if another process writes the run, its data has other classes by now, or trained weights
     *     to start from cannot be read or are not this model's
     * @throws org.efficientnet4j.backend.UnusableBackendException if ND4J's backend cannot run here
     */
    public Trainer trainer(TrainingRun run) {
        Backend.requireUsable();
        RunLock.requireFree(run.lockFile()); // before another process's log is written to
        changes(run).forEach(warning -> new RunLog(run.logFile()).line("Warning: " + warning));
        ModelMetadata metadata = new ModelMetadata(
                        model,
                        data.train().labels(),
                        options.get(DataOptions.CHANNELS),
                        new Preprocessing(
                                options.get(DataOptions.EVALUATION_SIZE),
                                options.get(DataOptions.CROP_FRACTION),
                                options.get(DataOptions.NORMALIZATION)),
                        Optional.empty())
                .withData(dataRecord());
        return new Trainer(
                run, network(run), pipelines.phases(), metadata, data.train().description(), start());
    }

    private ComputationGraph network(TrainingRun run) {
        if (first != null) {
            return first;
        }
        // A checkpoint's weights replace it, so that the trained weights may be gone by then.
        return new Checkpoints(run).exists()
                ? firstNetwork().drawn()
                : firstNetwork().create();
    }

    /** The images left out so far because they could not be read, training's first. */
    public List<SkippedImage> skipped() {
        return pipelines.skipped();
    }

    /**
     * Scores a finished run's network on the held-out images, once more and with pictures of its worst mistakes.
     *
     * @param run one that has a model file
     * @param mistakes how many pictures at most
     */
    public Judgement judge(TrainingRun run, int mistakes) {
        ModelFile model = ModelFile.read(run.modelFile());
        return new FinalJudge(model.graph(), model.metadata().labels(), mistakes).judge(pipelines.validation());
    }

    /** The record of the images that the run's model files keep. */
    public TrainedData dataRecord() {
        SplitOptions split = new SplitOptions(
                options.get(DataOptions.VALIDATION_FRACTION),
                options.get(RunOptions.SEED),
                options.get(DataOptions.SPLIT));
        return DataRecord.of(options.get(DataOptions.SOURCE), split, data);
    }

    /**
     * The changes of the data since a run's last checkpoint.
     *
     * @param run one to be resumed, or a new one
     * @return warnings; none for a new run, for the same images and for a checkpoint of an earlier version
     * @throws InvalidInputException if the data has other classes than the run, which no network can go on with
     */
    public List<String> changes(TrainingRun run) {
        Optional<Path> last = new Checkpoints(run).newestWhole();
        if (last.isEmpty()) {
            return List.of(); // damaged ones are the trainer's to tell of
        }
        ModelMetadata earlier = ModelFile.readMetadata(last.get());
        DataRecord.requireSameLabels(earlier.labels(), data.train());
        return earlier.data()
                .map(then -> DataRecord.changes(then, dataRecord(), earlier.labels()))
                .orElse(List.of());
    }

    private FirstNetwork firstNetwork() {
        return new FirstNetwork(
                options, model, data.train().labels(), batchNormDecay(TrainingPhase.steps(pipelines.phases(), 1)));
    }

    /**
     * The weight of batch norm's old statistics, for statistics that span a tenth of the run: .99 as published from 1000
     * steps on, less in shorter runs, which end before .99 has forgotten where it began; never below .9.
     */
    static double batchNormDecay(long steps) {
        return Math.min(0.99, Math.max(0.9, 1 - 10.0 / steps));
    }
}
