package org.efficientnet4j.train.options;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.Normalization;
import org.efficientnet4j.data.augment.RandomErasing.Filling;
import org.efficientnet4j.data.source.SplitOptions;
import org.efficientnet4j.data.source.SplitRule;
import org.efficientnet4j.graph.layers.ActivationCheckpointing;
import org.efficientnet4j.models.ModelCatalog;
import org.efficientnet4j.train.progressive.ProgressiveMode;
import org.efficientnet4j.train.progressive.ProgressiveRange;
import org.efficientnet4j.weights.names.WeightSource;

/**
 * Collects options by their keys in config.yaml; {@link TrainingDefaults} fills in what is not set. A later call replaces
 * an earlier one, as flags replace a file.
 */
public final class TrainingOptionsBuilder {
    private final Map<String, Object> values = new HashMap<>();

    TrainingOptionsBuilder() {}

    /** Name of a catalogue's model, or path of an architecture's YAML file; required. */
    public TrainingOptionsBuilder model(String value) {
        return put("model", value);
    }

    /** Where the images come from; required. */
    public TrainingOptionsBuilder source(String value) {
        return put("data.source", value);
    }

    /** The rule by which images are held out; {@link SplitRule#HASH} unless set. */
    public TrainingOptionsBuilder splitRule(SplitRule value) {
        return put("data.split", value);
    }

    /** How many classes the source has; required, since the source's labels tell it. */
    public TrainingOptionsBuilder classes(int value) {
        return put("data.classes", value);
    }

    /** Passes over the training images; 10 unless set, or the sum of a plan's stages. */
    public TrainingOptionsBuilder epochs(int value) {
        return put("epochs", value);
    }

    /** Seed of weights, order, augmentation and dropout; 42 unless set. */
    public TrainingOptionsBuilder seed(long value) {
        return put("seed", value);
    }

    /** Epochs from one checkpoint to the next; 1 unless set. */
    public TrainingOptionsBuilder checkpointEvery(int value) {
        return put("checkpointEvery", value);
    }

    /** How many of the latest checkpoints are kept; 1 unless set. */
    public TrainingOptionsBuilder keepCheckpoints(int value) {
        return put("keepCheckpoints", value);
    }

    /** What of the activations is computed again to save memory; {@link ActivationCheckpointing#OFF} unless set. */
    public TrainingOptionsBuilder checkpointActivations(ActivationCheckpointing value) {
        return put("checkpointActivations", value);
    }

    /** Share held out where the source has no validation part; 0.2 unless set. */
    public TrainingOptionsBuilder validationFraction(double value) {
        return put("data.validationFraction", value);
    }

    /** Training image size in pixels, a progressive run's last; the model's unless set. */
    public TrainingOptionsBuilder size(int value) {
        return put("data.size", value);
    }

    /** Validation image size in pixels; the training size if that is set, else the model's. */
    public TrainingOptionsBuilder evaluationSize(int value) {
        return put("data.evaluationSize", value);
    }

    /** Side of the evaluation's centre crop as a share of the image's; 0.875 unless set. */
    public TrainingOptionsBuilder cropFraction(double value) {
        return put("data.cropFraction", value);
    }

    /** Images a batch; 32 unless set. */
    public TrainingOptionsBuilder batch(int value) {
        return put("data.batch", value);
    }

    /** What the network expects of its pixels; the model's unless set. */
    public TrainingOptionsBuilder normalization(Normalization value) {
        return put("data.normalization", value);
    }

    /** How training images are varied; {@link Augmentation#STANDARD} unless set. */
    public TrainingOptionsBuilder augmentation(Augmentation value) {
        return put("data.augmentation", value);
    }

    /** Decoding threads; as many as there are processors, at most 8, unless set. */
    public TrainingOptionsBuilder workers(int value) {
        return put("data.workers", value);
    }

    /** Whether an unreadable image stops the run; it is skipped unless set. */
    public TrainingOptionsBuilder strict(boolean value) {
        return put("data.strict", value);
    }

    /** The algorithm; {@link Optimizer#ADAM} unless set. */
    public TrainingOptionsBuilder optimizer(Optimizer value) {
        return put("optimizer.name", value);
    }

    /** Peak learning rate; the optimiser's for this batch unless set. */
    public TrainingOptionsBuilder learningRate(double value) {
        return put("optimizer.learningRate", value);
    }

    /** Momentum of {@link Optimizer#SGD} and {@link Optimizer#RMSPROP}; 0.9 unless set. */
    public TrainingOptionsBuilder momentum(double value) {
        return put("optimizer.momentum", value);
    }

    /** Weight decay on kernels; the optimiser's unless set. */
    public TrainingOptionsBuilder weightDecay(double value) {
        return put("optimizer.weightDecay", value);
    }

    /** The gradient's largest norm; 0, any, unless set. */
    public TrainingOptionsBuilder clipNorm(double value) {
        return put("optimizer.clipNorm", value);
    }

    /** Batches a step; 1 unless set. */
    public TrainingOptionsBuilder accumulate(int value) {
        return put("optimizer.accumulate", value);
    }

    /** How the learning rate falls; {@link LearningRateShape#COSINE} unless set. */
    public TrainingOptionsBuilder schedule(LearningRateShape value) {
        return put("schedule.name", value);
    }

    /** Length of the warm-up; a tenth of the epochs, at most 5, unless set. */
    public TrainingOptionsBuilder warmupEpochs(double value) {
        return put("schedule.warmupEpochs", value);
    }

    /** Factor of an exponential schedule's stair; 0.97 unless set. */
    public TrainingOptionsBuilder decayRate(double value) {
        return put("schedule.decayRate", value);
    }

    /** Length of an exponential schedule's stair; 2.4 unless set. */
    public TrainingOptionsBuilder decayEpochs(double value) {
        return put("schedule.decayEpochs", value);
    }

    /** Share of the target spread over all classes; 0.1 unless set. */
    public TrainingOptionsBuilder labelSmoothing(double value) {
        return put("regularization.labelSmoothing", value);
    }

    /** Drop rate before the classifier; the model's unless set, or the progressive range's end. */
    public TrainingOptionsBuilder dropout(double value) {
        return put("regularization.dropout", value);
    }

    /** Stochastic depth's drop rate of the last block; 0.2 unless set. */
    public TrainingOptionsBuilder dropConnectRate(double value) {
        return put("regularization.dropConnectRate", value);
    }

    /** RandAugment's magnitude; 0 unless set, or the progressive range's end. */
    public TrainingOptionsBuilder randAugment(double value) {
        return put("regularization.randAugment", value);
    }

    /** Mixup's alpha; 0 unless set, or the progressive range's end. */
    public TrainingOptionsBuilder mixup(double value) {
        return put("regularization.mixup", value);
    }

    /** Cutmix' alpha; 0 unless set, or the progressive range's end. */
    public TrainingOptionsBuilder cutmix(double value) {
        return put("regularization.cutmix", value);
    }

    /** How often an image loses a rectangle; 0, never, unless set. */
    public TrainingOptionsBuilder erasing(double value) {
        return put("erasing.probability", value);
    }

    /** The least and the largest share of an image's area that is erased; 0.02 and 1/3 unless set. */
    public TrainingOptionsBuilder erasingArea(double least, double most) {
        return put("erasing.minArea", least).put("erasing.maxArea", most);
    }

    /** The least and the largest height / width of what is erased; 0.3 and 1/0.3 unless set. */
    public TrainingOptionsBuilder erasingRatio(double least, double most) {
        return put("erasing.minRatio", least).put("erasing.maxRatio", most);
    }

    /** What takes the erased pixels' place; {@link Filling#CONSTANT} unless set. */
    public TrainingOptionsBuilder erasingFilling(Filling value) {
        return put("erasing.filling", value);
    }

    /** How size and regularisation grow; {@link ProgressiveMode#OFF} unless set, or a plan is. */
    public TrainingOptionsBuilder progressive(ProgressiveMode value) {
        return put("progressive.mode", value);
    }

    /** Stages of a progressive run; 4, or the epochs if fewer, unless set. */
    public TrainingOptionsBuilder stages(int value) {
        return put("progressive.stages", value);
    }

    /** First size of a progressive run; the published range's unless set. */
    public TrainingOptionsBuilder minSize(int value) {
        return put("progressive.minSize", value);
    }

    /** Dropout a progressive run starts from; the published range's unless set. */
    public TrainingOptionsBuilder minDropout(double value) {
        return put("progressive.minDropout", value);
    }

    /** Stochastic depth a progressive run starts from; as at its end unless set. */
    public TrainingOptionsBuilder minDropConnectRate(double value) {
        return put("progressive.minDropConnectRate", value);
    }

    /** RandAugment a progressive run starts from; the published range's unless set. */
    public TrainingOptionsBuilder minRandAugment(double value) {
        return put("progressive.minRandAugment", value);
    }

    /** Mixup a progressive run starts from; 0 unless set. */
    public TrainingOptionsBuilder minMixup(double value) {
        return put("progressive.minMixup", value);
    }

    /** Cutmix a progressive run starts from; 0 unless set. */
    public TrainingOptionsBuilder minCutmix(double value) {
        return put("progressive.minCutmix", value);
    }

    /** What a progressive run's sizes are rounded to; 1 pixel unless set. */
    public TrainingOptionsBuilder sizeMultiple(int value) {
        return put("progressive.sizeMultiple", value);
    }

    /** Whether a progressive run's smaller images come in larger batches; not unless set. */
    public TrainingOptionsBuilder constantMemory(boolean value) {
        return put("progressive.constantMemory", value);
    }

    /** A progressive run's stages one by one. */
    public TrainingOptionsBuilder plan(List<StagePlan> value) {
        return put("progressive.plan", value);
    }

    /** Decay of the weights' moving average; 0, no average, unless set. */
    public TrainingOptionsBuilder averagingDecay(double value) {
        return put("averaging.decay", value);
    }

    /** Epochs from one validation to the next; 1 unless set. */
    public TrainingOptionsBuilder validateEvery(int value) {
        return put("validation.every", value);
    }

    /** Validations without a better one before stopping; 0, never, unless set. */
    public TrainingOptionsBuilder patience(int value) {
        return put("validation.patience", value);
    }

    /** Batches to measure batch-norm statistics on before a validation; 0 unless set. */
    public TrainingOptionsBuilder recalibrate(int value) {
        return put("validation.recalibrate", value);
    }

    /** A trained network to start from: a model file, or another library's weights, or an address. */
    public TrainingOptionsBuilder init(String value) {
        if (init().filter(value::equals).isEmpty()) {
            values.remove("transfer.sha256"); // an earlier file's
        }
        return put("transfer.init", value);
    }

    /** Whose weights those are, if not a model file's; told by their names unless set. */
    public TrainingOptionsBuilder initSource(WeightSource value) {
        return put("transfer.source", value);
    }

    /** The last stage that does not learn; all learn unless set. */
    public TrainingOptionsBuilder freezeUntil(String value) {
        return put("transfer.freezeUntil", value);
    }

    /** Epochs after which one more stage learns; 0, never, unless set. */
    public TrainingOptionsBuilder unfreezeEvery(int value) {
        return put("transfer.unfreezeEvery", value);
    }

    /** By how much each stage learns slower than the one behind it; 1, not at all, unless set. */
    public TrainingOptionsBuilder layerLearningRateDecay(double value) {
        return put("transfer.layerLearningRateDecay", value);
    }

    /** The trained network set so far. */
    public Optional<String> init() {
        return get("transfer.init");
    }

    /** Whether what the network expects of pixels is set. */
    public boolean hasNormalization() {
        return get("data.normalization").isPresent();
    }

    /** Whether it is set which trained weights are meant. */
    public boolean hasTransferChecksum() {
        return get("transfer.sha256").isPresent();
    }

    /** SHA-256 of the trained weights, in hexadecimal digits; theirs unless set. */
    public TrainingOptionsBuilder transferChecksum(String sha256) {
        return put("transfer.sha256", sha256);
    }

    /** Whose weights those are, so far. */
    public Optional<WeightSource> initSource() {
        return get("transfer.source");
    }

    /** The source set so far, so that it can be opened to learn its classes. */
    public Optional<String> source() {
        return get("data.source");
    }

    /** The model set so far. */
    public Optional<String> model() {
        return get("model");
    }

    /** The training size set so far. */
    public Optional<Integer> size() {
        return get("data.size");
    }

    /** Whether the run's sizes are set, or come from a paper's progressive range for its very model. */
    public boolean hasPublishedSize() {
        Optional<List<StagePlan>> plan = get("progressive.plan");
        Optional<ProgressiveMode> mode = get("progressive.mode");
        return size().isPresent()
                || plan.isPresent()
                || (mode.isPresent()
                        && ProgressiveRange.isPublished(mode.get(), ModelCatalog.find(model().orElseThrow())));
    }

    /** The crop fraction set so far. */
    public Optional<Double> cropFraction() {
        return get("data.cropFraction");
    }

    /** The number of classes set so far, to be compared with what the source has. */
    public Optional<Integer> classes() {
        return get("data.classes");
    }

    /** How a source without held-out images of its own is divided. */
    public SplitOptions split() {
        return new SplitOptions(
                or("data.validationFraction", TrainingDefaults.VALIDATION_FRACTION),
                or("seed", TrainingDefaults.SEED),
                or("data.split", SplitRule.HASH));
    }

    /**
     * The options with every default filled in. Size, dropout and normalisation come from the catalogue's model, which
     * need not exist if all three are set and size does not grow.
     *
     * @throws InvalidInputException for a missing or wrong value, named by its key, or an unknown model
     */
    public TrainingOptions build() {
        return new TrainingDefaults(this).complete().checked();
    }

    /** Takes over what another builder sets; it wins where both do. */
    public TrainingOptionsBuilder putAll(TrainingOptionsBuilder other) {
        values.putAll(other.values);
        return this;
    }

    /** Sets an option by its key; the value is of the key's type. */
    TrainingOptionsBuilder put(String key, Object value) {
        values.put(key, value);
        return this;
    }

    /** What a key is set to. The cast holds because {@link OptionKey} and the methods above put each key's type alone. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    <T> Optional<T> get(String key) {
        return Optional.ofNullable((T) values.get(key));
    }

    <T> T or(String key, T otherwise) {
        return this.<T>get(key).orElse(otherwise);
    }

    @SuppressWarnings("TypeParameterUnusedInFormals")
    <T> T required(String key, String remedy) {
        return this.<T>get(key).orElseThrow(() -> new InvalidInputException(key + " is missing: " + remedy));
    }
}
