package org.efficientnet4j.weights.names;

import java.util.Locale;
import java.util.Set;
import org.efficientnet4j.data.Normalization;
import org.efficientnet4j.kernels.Padding;
import org.efficientnet4j.models.ModelDefinition;

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
    };

    private static final double TORCH_EPSILON = 1e-5;
    private static final double TORCH_DECAY = 0.9;
    private static final double TENSORFLOW_EPSILON = 1e-3;
    private static final double TENSORFLOW_DECAY = 0.99;

    private final NameMap names;

    WeightSource(NameMap names) {
        this.names = names;
    }

    /** The library's names. */
    public NameMap names() {
        return names;
    }

    /**
     * What the library's version of a model differs in.
     *
     * @param name as the library calls the model: timm's {@code tf_} decides
     * @param model the model
     */
    public abstract Convention convention(String name, ModelDefinition model);
}
