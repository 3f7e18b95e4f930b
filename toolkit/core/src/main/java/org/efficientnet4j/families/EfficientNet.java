package org.efficientnet4j.families;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.efficientnet4j.core.Normalization;
import org.efficientnet4j.models.Architecture;
import org.efficientnet4j.models.BatchNormSettings;
import org.efficientnet4j.models.Convention;
import org.efficientnet4j.models.Family;
import org.efficientnet4j.models.Library;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.models.ModuleNames;
import org.efficientnet4j.models.Variant;
import org.efficientnet4j.plan.Padding;
import org.efficientnet4j.scaling.ChannelRounding;
import org.efficientnet4j.scaling.CompoundScaling;
import org.efficientnet4j.scaling.StagedNetwork;
import org.efficientnet4j.spec.ArchitectureSpec;
import org.efficientnet4j.spec.BlockNotation;

/**
 * EfficientNet-B0 to B8 and L2.
 *
 * <p>Source: EfficientNet (arXiv 1905.11946) tables 1 and 2; sizes and dropout from tensorflow/tpu. B8's top-1 is AdvProp's
 * (arXiv 1911.09665), L2's is Noisy Student's (arXiv 1911.04252).
 */
public final class EfficientNet implements Family {
    private static final int BASE_SIZE = 224;
    private static final int STEM_CHANNELS = 32;
    private static final int HEAD_CHANNELS = 1280;

    private static final ArchitectureSpec BASE = new ArchitectureSpec(
            STEM_CHANNELS,
            BlockNotation.parse(
                    STEM_CHANNELS,
                    List.of(
                            "r1_k3_s1_e1_i32_o16_se0.25",
                            "r2_k3_s2_e6_i16_o24_se0.25",
                            "r2_k5_s2_e6_i24_o40_se0.25",
                            "r3_k3_s2_e6_i40_o80_se0.25",
                            "r3_k5_s1_e6_i80_o112_se0.25",
                            "r4_k5_s2_e6_i112_o192_se0.25",
                            "r1_k3_s1_e6_i192_o320_se0.25")),
            HEAD_CHANNELS);

    private static final List<Variant> VARIANTS = List.of(
            row("b0", 1.0, 1.0, 224, .2, 77.1),
            row("b1", 1.0, 1.1, 240, .2, 79.1),
            row("b2", 1.1, 1.2, 260, .3, 80.1),
            row("b3", 1.2, 1.4, 300, .3, 81.6),
            row("b4", 1.4, 1.8, 380, .4, 82.9),
            row("b5", 1.6, 2.2, 456, .4, 83.6),
            row("b6", 1.8, 2.6, 528, .5, 84.0),
            row("b7", 2.0, 3.1, 600, .5, 84.3),
            row("b8", 2.2, 3.6, 672, .5, 85.5),
            row("l2", 4.3, 5.3, 800, .5, 88.4));

    /** The variants that torchvision builds with PyTorch's own batch norm; its others have TensorFlow's. */
    private static final Set<String> TORCH_BATCH_NORM =
            Set.of("efficientnet_b0", "efficientnet_b1", "efficientnet_b2", "efficientnet_b3", "efficientnet_b4");

    private static Variant row(
            String variant, double width, double depth, int size, double dropout, double publishedTop1) {
        CompoundScaling scaling = new CompoundScaling(width, depth, size / (double) BASE_SIZE);
        ModelDefinition model = new ModelDefinition(
                "efficientnet_" + variant,
                "efficientnet",
                new Architecture.Staged(new StagedNetwork(BASE, scaling, ChannelRounding.GUARDED, false)),
                size,
                size,
                dropout,
                BatchNormSettings.TENSORFLOW,
                Normalization.IMAGENET);
        return Variant.of(model, publishedTop1);
    }

    @Override
    public String id() {
        return "efficientnet";
    }

    @Override
    public String title() {
        return "EfficientNet";
    }

    @Override
    public List<Variant> variants() {
        return VARIANTS;
    }

    @Override
    public Optional<ModuleNames> names(Library library) {
        return Optional.of(StagedNames.of(library));
    }

    @Override
    public Convention convention(Library library, String asked, ModelDefinition model) {
        return switch (library) {
            case TORCHVISION ->
                new Convention(
                        Padding.SYMMETRIC,
                        TORCH_BATCH_NORM.contains(model.name())
                                ? BatchNormSettings.TORCH
                                : BatchNormSettings.TENSORFLOW,
                        Normalization.IMAGENET);
            case TIMM -> StagedNames.timm(asked, model);
            case KERAS -> new Convention(Padding.SAME, BatchNormSettings.TENSORFLOW, model.normalization());
            case EFFICIENTNET_PYTORCH ->
                new Convention(Padding.SAME, BatchNormSettings.TENSORFLOW, Normalization.IMAGENET);
        };
    }
}
