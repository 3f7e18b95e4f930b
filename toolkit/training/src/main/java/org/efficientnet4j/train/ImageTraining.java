package org.efficientnet4j.train;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.backend.Backend;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.Preprocessing;
import org.efficientnet4j.data.DataSplits;
import org.efficientnet4j.data.SkippedImage;
import org.efficientnet4j.data.check.ReadableClasses;
import org.efficientnet4j.data.pipeline.ImagePipeline;
import org.efficientnet4j.data.source.ImageSources;
import org.efficientnet4j.data.source.SplitOptions;
import org.efficientnet4j.model.ModelFile;
import org.efficientnet4j.model.ModelMetadata;
import org.efficientnet4j.model.TrainedData;
import org.efficientnet4j.models.ModelCatalog;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.plan.PlanSettings;
import org.efficientnet4j.train.options.InputOptions;
import org.efficientnet4j.train.options.TrainingOptions;
import org.efficientnet4j.train.options.TrainingOptionsBuilder;
import org.efficientnet4j.train.options.TransferOptions;
import org.efficientnet4j.train.progressive.ProgressiveStage;
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
    private final StagePipelines pipelines;
    private ComputationGraph first;

    private ImageTraining(TrainingOptions options, DataSplits data, ModelDefinition model) {
        this.options = options;
        this.data = data;
        this.model = model;
        this.pipelines = new StagePipelines(options, data);
    }

    /**
     * Opens the data and resolves every option; nothing is written or built yet.
     *
     * @param builder at least a model and a source; its unset options are filled in
     * @throws InvalidInputException for a wrong option, an unknown model or unusable data
     */
    public static ImageTraining prepare(TrainingOptionsBuilder builder) {
        return prepare(
                builder,
                ModelCatalog.find(builder.model()
                        .orElseThrow(() ->
                                new InvalidInputException("model is missing: name one, such as efficientnet_v2_b0"))));
    }

    /**
     * Does the same for a network that is known already: one of one's own, or that of a run to be resumed.
     *
     * @param builder at least a source; its unset options are filled in
     * @param model the network, whatever the options' model names
     * @throws InvalidInputException for a wrong option or unusable data
     */
    public static ImageTraining prepare(TrainingOptionsBuilder builder, ModelDefinition model) {
        String source = builder.source()
                .orElseThrow(() -> new InvalidInputException(
                        "data.source is missing: give a directory, cifar10:DIR, csv:FILE:DIR or shapes"));
        DataSplits data = ImageSources.open(source, builder.split());
        requireClasses(builder, data);
        ReadableClasses.require(data.train());
        ReadableClasses.require(data.validation());
        if (data.train().tightlyFramed() && !builder.hasPublishedSize()) {
            builder.size(SMALL_IMAGES_SIZE);
        }
        if (builder.cropFraction().isEmpty()) {
            builder.cropFraction(ImagePipeline.defaultCropFraction(data.train()));
        }
        builder.init().ifPresent(file -> completeTransfer(builder, model, file));
        TrainingOptions options = builder.build();
        requireStride(options, model);
        options.transfer().freezeUntil().ifPresent(name -> NetworkStages.of(model.plan())
                .index(TransferOptions.FREEZE_UNTIL, name));
        return new ImageTraining(options, data, model);
    }

    /** Adds to a run file the facts about trained weights by which the run can be told from others, and repeated. */
    private static void completeTransfer(TrainingOptionsBuilder builder, ModelDefinition model, String file) {
        if (builder.hasNormalization() && builder.hasTransferChecksum()) {
            return; // a run that is resumed, whose trained weights may be gone
        }
        Path path = Pretrained.locate(file);
        Pretrained.About about =
                Pretrained.about(path, builder.model().orElse(model.name()), model, builder.initSource());
        about.source().ifPresent(builder::initSource);
        if (!builder.hasNormalization()) {
            builder.normalization(about.normalization());
        }
        if (!builder.hasTransferChecksum()) {
            builder.transferChecksum(Pretrained.sha256(path));
        }
    }

    private static void requireClasses(TrainingOptionsBuilder builder, DataSplits data) {
        int found = data.train().labels().size();
        builder.classes().ifPresent(expected -> {
            if (expected != found) {
                throw new InvalidInputException("The configuration says " + expected + " classes, and "
                        + data.train().description() + " has " + found + ": check --data");
            }
        });
        builder.classes(found);
    }

    private static void requireStride(TrainingOptions options, ModelDefinition model) {
        int smallest = options.stages().stages().stream()
                .mapToInt(ProgressiveStage::size)
                .reduce(options.data().evaluationSize(), Math::min);
        int stride = model.plan().minimumSize();
        if (smallest < stride) {
            throw new InvalidInputException("The image size must be at least the network's smallest of " + stride
                    + " pixels, found " + smallest + ": choose a larger --size, and --min-size");
        }
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

    /** Where the first weights come from and what of them learns, in one line. */
    public String start() {
        return FirstNetwork.describe(options, model);
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
     * @throws InvalidInputException if trained weights to start from cannot be read, or are not this model's
     * @throws org.efficientnet4j.backend.UnusableBackendException if ND4J's backend cannot run here
     */
    public Trainer trainer(TrainingRun run) {
        Backend.requireUsable();
        changes(run).forEach(warning -> new RunLog(run.logFile()).line("Warning: " + warning));
        InputOptions input = options.data();
        ModelMetadata metadata = new ModelMetadata(
                        model,
                        data.train().labels(),
                        PlanSettings.RGB,
                        new Preprocessing(input.evaluationSize(), input.cropFraction(), input.normalization()),
                        Optional.empty())
                .withData(dataRecord());
        return new Trainer(
                run, network(run), pipelines.stages(), metadata, data.train().description(), start());
    }

    private ComputationGraph network(TrainingRun run) {
        if (first != null) {
            return first;
        }
        // What a checkpoint holds replaces it, so that the trained weights may be gone by then.
        return Files.exists(run.lastCheckpoint())
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
        InputOptions input = options.data();
        return DataRecord.of(
                input.source(), new SplitOptions(input.validationFraction(), options.seed(), input.split()), data);
    }

    /**
     * The changes of the data since a run's last checkpoint.
     *
     * @param run one to be resumed, or a new one
     * @return warnings; none for a new run, for the same images and for a checkpoint of an earlier version
     * @throws InvalidInputException if the data has other classes than the run, which no network can go on with
     */
    public List<String> changes(TrainingRun run) {
        if (!Files.exists(run.lastCheckpoint())) {
            return List.of();
        }
        ModelMetadata earlier = ModelFile.readMetadata(run.lastCheckpoint());
        DataRecord.requireSameLabels(earlier.labels(), data.train());
        return earlier.data()
                .map(then -> DataRecord.changes(then, dataRecord(), earlier.labels()))
                .orElse(List.of());
    }

    private FirstNetwork firstNetwork() {
        return new FirstNetwork(options, model, batchNormDecay(TrainingStage.steps(pipelines.stages(), 1)));
    }

    /**
     * The weight of batch norm's old statistics, for statistics that span a tenth of the run: .99 as published from 1000
     * steps on, less in shorter runs, which end before .99 has forgotten where it began; never below .9.
     */
    static double batchNormDecay(long steps) {
        return Math.min(0.99, Math.max(0.9, 1 - 10.0 / steps));
    }
}
