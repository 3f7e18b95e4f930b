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
import org.efficientnet4j.models.ProgressiveEnds;
import org.efficientnet4j.models.ProgressiveEnds.End;
import org.efficientnet4j.models.Variant;
import org.efficientnet4j.plan.Padding;
import org.efficientnet4j.scaling.ChannelRounding;
import org.efficientnet4j.scaling.CompoundScaling;
import org.efficientnet4j.scaling.StagedNetwork;
import org.efficientnet4j.spec.ArchitectureSpec;
import org.efficientnet4j.spec.BlockNotation;

/**
 * EfficientNetV2-B0 to B3, S, M, L and XL.
 *
 * <p>Source: EfficientNetV2 (arXiv 2104.00298) tables 4 and 7; B0 to B3, sizes and dropout from google/automl. XL's top-1 is
 * after ImageNet-21k pre-training.
 */
public final class EfficientNetV2 implements Family {
    private static final int BASE_SIZE = 224;
    private static final int HEAD_CHANNELS = 1280;

    private static final ArchitectureSpec BASE_B = spec(
            32,
            "r1_k3_s1_e1_i32_o16_c1",
            "r2_k3_s2_e4_i16_o32_c1",
            "r2_k3_s2_e4_i32_o48_c1",
            "r3_k3_s2_e4_i48_o96_se0.25",
            "r5_k3_s1_e6_i96_o112_se0.25",
            "r8_k3_s2_e6_i112_o192_se0.25");

    private static final ArchitectureSpec BASE_S = spec(
            24,
            "r2_k3_s1_e1_i24_o24_c1",
            "r4_k3_s2_e4_i24_o48_c1",
            "r4_k3_s2_e4_i48_o64_c1",
            "r6_k3_s2_e4_i64_o128_se0.25",
            "r9_k3_s1_e6_i128_o160_se0.25",
            "r15_k3_s2_e6_i160_o256_se0.25");

    private static final ArchitectureSpec BASE_M = spec(
            24,
            "r3_k3_s1_e1_i24_o24_c1",
            "r5_k3_s2_e4_i24_o48_c1",
            "r5_k3_s2_e4_i48_o80_c1",
            "r7_k3_s2_e4_i80_o160_se0.25",
            "r14_k3_s1_e6_i160_o176_se0.25",
            "r18_k3_s2_e6_i176_o304_se0.25",
            "r5_k3_s1_e6_i304_o512_se0.25");

    private static final ArchitectureSpec BASE_L = spec(
            32,
            "r4_k3_s1_e1_i32_o32_c1",
            "r7_k3_s2_e4_i32_o64_c1",
            "r7_k3_s2_e4_i64_o96_c1",
            "r10_k3_s2_e4_i96_o192_se0.25",
            "r19_k3_s1_e6_i192_o224_se0.25",
            "r25_k3_s2_e6_i224_o384_se0.25",
            "r7_k3_s1_e6_i384_o640_se0.25");

    private static final ArchitectureSpec BASE_XL = spec(
            32,
            "r4_k3_s1_e1_i32_o32_c1",
            "r8_k3_s2_e4_i32_o64_c1",
            "r8_k3_s2_e4_i64_o96_c1",
            "r16_k3_s2_e4_i96_o192_se0.25",
            "r24_k3_s1_e6_i192_o256_se0.25",
            "r32_k3_s2_e6_i256_o512_se0.25",
            "r8_k3_s1_e6_i512_o640_se0.25");

    /** EfficientNetV2-XL takes L's. */
    private static final ProgressiveEnds LARGE =
            ProgressiveEnds.of(new End(380, 0.5, 25, 0.5, 0), new End(384, 0.4, 20, 0.5, 0.5));

    private static final List<Row> ROWS = List.of(
            row("b0", BASE_B, 1.0, 1.0, 192, 224, .2, 78.7),
            row("b1", BASE_B, 1.0, 1.1, 192, 240, .2, 79.8),
            row("b2", BASE_B, 1.1, 1.2, 208, 260, .3, 80.5),
            row("b3", BASE_B, 1.2, 1.4, 240, 300, .3, 82.1),
            row("s", BASE_S, 1.0, 1.0, 300, 384, .2, 83.9)
                    .progressive(ProgressiveEnds.of(new End(300, 0.3, 15, 0, 0), new End(300, 0.2, 10, 0, 0))),
            row("m", BASE_M, 1.0, 1.0, 384, 480, .3, 85.1)
                    .progressive(ProgressiveEnds.of(new End(380, 0.4, 20, 0.2, 0), new End(384, 0.3, 15, 0.2, 0.2))),
            row("l", BASE_L, 1.0, 1.0, 384, 480, .4, 85.7).progressive(LARGE).torchvision(Normalization.INCEPTION),
            row("xl", BASE_XL, 1.0, 1.0, 384, 512, .4, 87.3).progressive(LARGE));

    /**
     * A variant and its convention elsewhere.
     *
     * @param torchvision normalisation of torchvision's weights
     */
    private record Row(Variant variant, Normalization torchvision) {
        Row progressive(ProgressiveEnds ends) {
            return new Row(new Variant(variant.model(), variant.publishedTop1(), variant.aliases(), ends), torchvision);
        }

        Row torchvision(Normalization normalization) {
            return new Row(variant, normalization);
        }
    }

    private static ArchitectureSpec spec(int stemChannels, String... blocks) {
        return new ArchitectureSpec(stemChannels, BlockNotation.parse(stemChannels, List.of(blocks)), HEAD_CHANNELS);
    }

    private static Row row(
            String variant,
            ArchitectureSpec base,
            double width,
            double depth,
            int trainSize,
            int evalSize,
            double dropout,
            double publishedTop1) {
        CompoundScaling scaling = new CompoundScaling(width, depth, evalSize / (double) BASE_SIZE);
        ModelDefinition model = new ModelDefinition(
                "efficientnet_v2_" + variant,
                "efficientnet_v2",
                new Architecture.Staged(new StagedNetwork(base, scaling, ChannelRounding.PLAIN, false)),
                trainSize,
                evalSize,
                dropout,
                BatchNormSettings.TENSORFLOW,
                base.equals(BASE_B) ? Normalization.IMAGENET : Normalization.INCEPTION);
        return new Row(Variant.of(model, publishedTop1), Normalization.IMAGENET);
    }

    @Override
    public String id() {
        return "efficientnet_v2";
    }

    @Override
    public String title() {
        return "EfficientNetV2";
    }

    @Override
    public List<Variant> variants() {
        return ROWS.stream().map(Row::variant).toList();
    }

    @Override
    public Optional<ModuleNames> names(Library library) {
        return switch (library) {
            case TORCHVISION, TIMM -> Optional.of(StagedNames.of(library));
            case KERAS -> Optional.of(StagedNames.KERAS_V2);
            case EFFICIENTNET_PYTORCH -> Optional.empty();
        };
    }

    @Override
    public Convention convention(Library library, String asked, ModelDefinition model) {
        return switch (library) {
            case TORCHVISION -> new Convention(Padding.SYMMETRIC, BatchNormSettings.TENSORFLOW, torchvision(model));
            case TIMM -> StagedNames.timm(asked, model);
            case KERAS, EFFICIENTNET_PYTORCH ->
                new Convention(Padding.SAME, new BatchNormSettings(1e-3, 0.9), model.normalization());
        };
    }

    private static Normalization torchvision(ModelDefinition model) {
        return ROWS.stream()
                .filter(row -> row.variant().model().name().equals(model.name()))
                .map(Row::torchvision)
                .findFirst()
                .orElse(Normalization.IMAGENET);
    }
}
