package org.efficientnet4j.weights.names;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.Normalization;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.plan.Padding;

/** The libraries whose weights are understood. A source decides names, padding, batch norm and normalisation. */
public enum WeightSource {
    /**
     * torchvision: symmetric padding throughout.
     *
     * <p>Source: pytorch/vision {@code torchvision/models/efficientnet.py}, 0.14.
     */
    TORCHVISION(new TorchvisionNames()) {
        /** The ones built with PyTorch's own batch-norm settings; the others have TensorFlow's. */
        private final Set<String> torchSettings =
                Set.of("efficientnet_b0", "efficientnet_b1", "efficientnet_b2", "efficientnet_b3", "efficientnet_b4");

        @Override
        public Convention convention(String name, ModelDefinition model) {
            boolean torch = torchSettings.contains(model.name());
            return new Convention(
                    Padding.SYMMETRIC,
                    torch ? TORCH_EPSILON : TENSORFLOW_EPSILON,
                    torch ? TORCH_DECAY : TENSORFLOW_DECAY,
                    model.name().equals("efficientnet_v2_l") ? Normalization.INCEPTION : Normalization.IMAGENET);
        }
    },
    /**
     * timm: models named {@code tf_...} are TensorFlow's (SAME padding, its batch norm), the others are PyTorch's.
     *
     * <p>Source: huggingface/pytorch-image-models {@code timm/models/efficientnet.py}.
     */
    TIMM(new TimmNames()) {
        @Override
        public Convention convention(String name, ModelDefinition model) {
            return name.toLowerCase(Locale.ROOT).startsWith("tf_")
                    ? new Convention(Padding.SAME, TENSORFLOW_EPSILON, TENSORFLOW_DECAY, model.normalization())
                    : new Convention(Padding.SYMMETRIC, TORCH_EPSILON, TORCH_DECAY, Normalization.IMAGENET);
        }
    },
    /**
     * keras.applications: SAME padding, which V1 writes out as zero padding, and TensorFlow's epsilon. V1's files bring
     * their {@link #normalization}.
     *
     * <p>Source: keras-team/keras {@code keras/src/applications/efficientnet.py} and {@code efficientnet_v2.py}.
     */
    KERAS(KerasNames.NAMED, KerasNames.COUNTED) {
        @Override
        public Convention convention(String name, ModelDefinition model) {
            double decay = KerasNames.isV2(model.architecture()) ? KERAS_V2_DECAY : TENSORFLOW_DECAY;
            return new Convention(Padding.SAME, TENSORFLOW_EPSILON, decay, model.normalization());
        }

        @Override
        public Optional<Normalization> normalization(Collection<String> tensors, Function<String, float[]> values) {
            return KerasNormalization.of(tensors, values);
        }
    };

    private static final int SHOWN = 3;
    private static final double TORCH_EPSILON = 1e-5;
    private static final double TORCH_DECAY = 0.9;
    private static final double TENSORFLOW_EPSILON = 1e-3;
    private static final double TENSORFLOW_DECAY = 0.99;
    private static final double KERAS_V2_DECAY = 0.9;

    private final List<NameMap> ways;

    WeightSource(NameMap... ways) {
        this.ways = List.of(ways);
    }

    /**
     * The library whose names a file's tensors have.
     *
     * @throws InvalidInputException if they are nobody's
     */
    public static WeightSource recognize(Collection<String> tensors) {
        return Arrays.stream(values())
                .filter(source -> source.ways.stream().anyMatch(way -> way.recognizes(tensors)))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException("The weights' names are not those of an EfficientNet of "
                        + Arrays.stream(values()).map(WeightSource::toString).collect(Collectors.joining(", "))
                        + "; the file begins with "
                        + tensors.stream().limit(SHOWN).collect(Collectors.joining(", "))
                        + ". Check the file, or give --source to see what does not fit"));
    }

    /** The library's names. */
    public NameMap names() {
        return ways.get(0);
    }

    /** The library's names as a file uses them; Keras has two ways. */
    public NameMap names(Collection<String> tensors) {
        return ways.stream().filter(way -> way.recognizes(tensors)).findFirst().orElseGet(this::names);
    }

    /**
     * The normalisation that a file itself tells, instead of the convention's.
     *
     * @param tensors the file's names
     * @param values reads one of them
     */
    public Optional<Normalization> normalization(Collection<String> tensors, Function<String, float[]> values) {
        return Optional.empty();
    }

    /**
     * What the library's version of a model differs in.
     *
     * @param name as the library calls the model: timm's {@code tf_} decides
     * @param model the model
     */
    public abstract Convention convention(String name, ModelDefinition model);

    /** The library's name as users write it, e.g. {@code timm}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
