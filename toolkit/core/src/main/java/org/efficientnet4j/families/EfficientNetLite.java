package org.efficientnet4j.families;

import java.util.List;
import java.util.Optional;
import org.efficientnet4j.core.Normalization;
import org.efficientnet4j.models.Architecture;
import org.efficientnet4j.models.BatchNormSettings;
import org.efficientnet4j.models.Convention;
import org.efficientnet4j.models.Family;
import org.efficientnet4j.models.Library;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.models.ModuleNames;
import org.efficientnet4j.models.Variant;
import org.efficientnet4j.plan.Activation;
import org.efficientnet4j.plan.Padding;
import org.efficientnet4j.scaling.ChannelRounding;
import org.efficientnet4j.scaling.CompoundScaling;
import org.efficientnet4j.scaling.StagedNetwork;
import org.efficientnet4j.spec.ArchitectureSpec;
import org.efficientnet4j.spec.BlockNotation;

/**
 * EfficientNet-Lite0 to Lite4, for devices: no squeeze-excite, ReLU6, and stem, head and the repeats of the first and last
 * stage unscaled.
 *
 * <p>Source: tensorflow/tpu {@code models/official/efficientnet/lite}; timm's {@code tf_efficientnet_lite0} to
 * {@code tf_efficientnet_lite4}.
 */
public final class EfficientNetLite implements Family {
    private static final int BASE_SIZE = 224;
    private static final int STEM_CHANNELS = 32;

    /** {@code (pixel - 127) / 128}. */
    private static final Normalization NORMALIZATION =
            new Normalization(List.of(127f, 127f, 127f), List.of(128f, 128f, 128f));

    /** timm's mean and deviation of one half. */
    private static final Normalization HALF_RANGE =
            new Normalization(List.of(127.5f, 127.5f, 127.5f), List.of(127.5f, 127.5f, 127.5f));

    private static final ArchitectureSpec BASE = new ArchitectureSpec(
            STEM_CHANNELS,
            BlockNotation.parse(
                    STEM_CHANNELS,
                    List.of(
                            "r1_k3_s1_e1_i32_o16",
                            "r2_k3_s2_e6_i16_o24",
                            "r2_k5_s2_e6_i24_o40",
                            "r3_k3_s2_e6_i40_o80",
                            "r3_k5_s1_e6_i80_o112",
                            "r4_k5_s2_e6_i112_o192",
                            "r1_k3_s1_e6_i192_o320")),
            1280,
            Activation.RELU6);

    private static final List<Variant> VARIANTS = List.of(
            row(0, 1.0, 1.0, 224, .2, 75.1),
            row(1, 1.0, 1.1, 240, .2, 76.7),
            row(2, 1.1, 1.2, 260, .3, 77.6),
            row(3, 1.2, 1.4, 280, .3, 79.8),
            row(4, 1.4, 1.8, 300, .3, 81.5));

    private static Variant row(int number, double width, double depth, int size, double dropout, double publishedTop1) {
        CompoundScaling scaling = new CompoundScaling(width, depth, size / (double) BASE_SIZE);
        return Variant.of(
                new ModelDefinition(
                        "efficientnet_lite" + number,
                        "efficientnet_lite",
                        new Architecture.Staged(new StagedNetwork(BASE, scaling, ChannelRounding.GUARDED, true)),
                        size,
                        size,
                        dropout,
                        BatchNormSettings.TENSORFLOW,
                        NORMALIZATION),
                publishedTop1);
    }

    @Override
    public String id() {
        return "efficientnet_lite";
    }

    @Override
    public String title() {
        return "EfficientNet-Lite";
    }

    @Override
    public List<Variant> variants() {
        return VARIANTS;
    }

    @Override
    public Optional<ModuleNames> names(Library library) {
        return switch (library) {
            case TIMM, EFFICIENTNET_PYTORCH -> Optional.of(StagedNames.of(library));
            case TORCHVISION, KERAS -> Optional.empty();
        };
    }

    @Override
    public Convention convention(Library library, String asked, ModelDefinition model) {
        if (library == Library.EFFICIENTNET_PYTORCH) {
            return new Convention(Padding.SAME, BatchNormSettings.TENSORFLOW, NORMALIZATION);
        }
        return asked.startsWith("tf_")
                ? new Convention(Padding.SAME, BatchNormSettings.TENSORFLOW, HALF_RANGE)
                : new Convention(Padding.SYMMETRIC, BatchNormSettings.TORCH, Normalization.IMAGENET);
    }
}
