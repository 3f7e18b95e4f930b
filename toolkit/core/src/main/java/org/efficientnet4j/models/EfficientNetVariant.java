package org.efficientnet4j.models;

import java.util.List;
import java.util.Locale;
import org.efficientnet4j.core.Normalization;
import org.efficientnet4j.scaling.ChannelRounding;
import org.efficientnet4j.scaling.CompoundScaling;
import org.efficientnet4j.spec.ArchitectureSpec;
import org.efficientnet4j.spec.BlockNotation;

/**
 * The eighteen published networks, a row each.
 *
 * <p>Source: EfficientNet (arXiv 1905.11946) tables 1 and 2, EfficientNetV2 (arXiv 2104.00298) tables 4 and 7; sizes,
 * dropout and V2-B0 to B3 from google/automl. B8's top-1 is AdvProp's (arXiv 1911.09665), L2's is Noisy Student's
 * (arXiv 1911.04252), XL's is after ImageNet-21k pre-training.
 */
public enum EfficientNetVariant {
    /** EfficientNet-B0. */
    EFFICIENTNET_B0(Base.V1, 1.0, 1.0, 224, 224, .2, 77.1),
    /** EfficientNet-B1. */
    EFFICIENTNET_B1(Base.V1, 1.0, 1.1, 240, 240, .2, 79.1),
    /** EfficientNet-B2. */
    EFFICIENTNET_B2(Base.V1, 1.1, 1.2, 260, 260, .3, 80.1),
    /** EfficientNet-B3. */
    EFFICIENTNET_B3(Base.V1, 1.2, 1.4, 300, 300, .3, 81.6),
    /** EfficientNet-B4. */
    EFFICIENTNET_B4(Base.V1, 1.4, 1.8, 380, 380, .4, 82.9),
    /** EfficientNet-B5. */
    EFFICIENTNET_B5(Base.V1, 1.6, 2.2, 456, 456, .4, 83.6),
    /** EfficientNet-B6. */
    EFFICIENTNET_B6(Base.V1, 1.8, 2.6, 528, 528, .5, 84.0),
    /** EfficientNet-B7. */
    EFFICIENTNET_B7(Base.V1, 2.0, 3.1, 600, 600, .5, 84.3),
    /** EfficientNet-B8. */
    EFFICIENTNET_B8(Base.V1, 2.2, 3.6, 672, 672, .5, 85.5),
    /** EfficientNet-L2. */
    EFFICIENTNET_L2(Base.V1, 4.3, 5.3, 800, 800, .5, 88.4),
    /** EfficientNetV2-B0. */
    EFFICIENTNET_V2_B0(Base.V2_B, 1.0, 1.0, 192, 224, .2, 78.7),
    /** EfficientNetV2-B1. */
    EFFICIENTNET_V2_B1(Base.V2_B, 1.0, 1.1, 192, 240, .2, 79.8),
    /** EfficientNetV2-B2. */
    EFFICIENTNET_V2_B2(Base.V2_B, 1.1, 1.2, 208, 260, .3, 80.5),
    /** EfficientNetV2-B3. */
    EFFICIENTNET_V2_B3(Base.V2_B, 1.2, 1.4, 240, 300, .3, 82.1),
    /** EfficientNetV2-S. */
    EFFICIENTNET_V2_S(Base.V2_S, 1.0, 1.0, 300, 384, .2, 83.9),
    /** EfficientNetV2-M. */
    EFFICIENTNET_V2_M(Base.V2_M, 1.0, 1.0, 384, 480, .3, 85.1),
    /** EfficientNetV2-L. */
    EFFICIENTNET_V2_L(Base.V2_L, 1.0, 1.0, 384, 480, .4, 85.7),
    /** EfficientNetV2-XL. */
    EFFICIENTNET_V2_XL(Base.V2_XL, 1.0, 1.0, 384, 512, .4, 87.3);

    private final ModelDefinition definition;
    private final Base base;
    private final double publishedTop1;

    EfficientNetVariant(
            Base base, double width, double depth, int trainSize, int evalSize, double dropout, double publishedTop1) {
        this.base = base;
        this.publishedTop1 = publishedTop1;
        this.definition = new ModelDefinition(
                name().toLowerCase(Locale.ROOT),
                base.spec,
                new CompoundScaling(width, depth, evalSize / (double) Base.SIZE),
                base.rounding,
                trainSize,
                evalSize,
                dropout,
                base.normalization);
    }

    /** What to build. */
    public ModelDefinition definition() {
        return definition;
    }

    /** The model's family, as tables name it. */
    public String family() {
        return base == Base.V1 ? "EfficientNet" : "EfficientNetV2";
    }

    /** The papers' ImageNet top-1 accuracy in percent. */
    public double publishedTop1() {
        return publishedTop1;
    }

    /** The networks that variants scale. */
    private enum Base {
        V1(
                ChannelRounding.GUARDED,
                Normalization.IMAGENET,
                32,
                "r1_k3_s1_e1_i32_o16_se0.25",
                "r2_k3_s2_e6_i16_o24_se0.25",
                "r2_k5_s2_e6_i24_o40_se0.25",
                "r3_k3_s2_e6_i40_o80_se0.25",
                "r3_k5_s1_e6_i80_o112_se0.25",
                "r4_k5_s2_e6_i112_o192_se0.25",
                "r1_k3_s1_e6_i192_o320_se0.25"),
        V2_B(
                ChannelRounding.PLAIN,
                Normalization.IMAGENET,
                32,
                "r1_k3_s1_e1_i32_o16_c1",
                "r2_k3_s2_e4_i16_o32_c1",
                "r2_k3_s2_e4_i32_o48_c1",
                "r3_k3_s2_e4_i48_o96_se0.25",
                "r5_k3_s1_e6_i96_o112_se0.25",
                "r8_k3_s2_e6_i112_o192_se0.25"),
        V2_S(
                ChannelRounding.PLAIN,
                Normalization.INCEPTION,
                24,
                "r2_k3_s1_e1_i24_o24_c1",
                "r4_k3_s2_e4_i24_o48_c1",
                "r4_k3_s2_e4_i48_o64_c1",
                "r6_k3_s2_e4_i64_o128_se0.25",
                "r9_k3_s1_e6_i128_o160_se0.25",
                "r15_k3_s2_e6_i160_o256_se0.25"),
        V2_M(
                ChannelRounding.PLAIN,
                Normalization.INCEPTION,
                24,
                "r3_k3_s1_e1_i24_o24_c1",
                "r5_k3_s2_e4_i24_o48_c1",
                "r5_k3_s2_e4_i48_o80_c1",
                "r7_k3_s2_e4_i80_o160_se0.25",
                "r14_k3_s1_e6_i160_o176_se0.25",
                "r18_k3_s2_e6_i176_o304_se0.25",
                "r5_k3_s1_e6_i304_o512_se0.25"),
        V2_L(
                ChannelRounding.PLAIN,
                Normalization.INCEPTION,
                32,
                "r4_k3_s1_e1_i32_o32_c1",
                "r7_k3_s2_e4_i32_o64_c1",
                "r7_k3_s2_e4_i64_o96_c1",
                "r10_k3_s2_e4_i96_o192_se0.25",
                "r19_k3_s1_e6_i192_o224_se0.25",
                "r25_k3_s2_e6_i224_o384_se0.25",
                "r7_k3_s1_e6_i384_o640_se0.25"),
        V2_XL(
                ChannelRounding.PLAIN,
                Normalization.INCEPTION,
                32,
                "r4_k3_s1_e1_i32_o32_c1",
                "r8_k3_s2_e4_i32_o64_c1",
                "r8_k3_s2_e4_i64_o96_c1",
                "r16_k3_s2_e4_i96_o192_se0.25",
                "r24_k3_s1_e6_i192_o256_se0.25",
                "r32_k3_s2_e6_i256_o512_se0.25",
                "r8_k3_s1_e6_i512_o640_se0.25");

        private static final int SIZE = 224;
        private static final int HEAD_CHANNELS = 1280;

        private final ChannelRounding rounding;
        private final Normalization normalization;
        private final ArchitectureSpec spec;

        Base(ChannelRounding rounding, Normalization normalization, int stemChannels, String... blocks) {
            this.rounding = rounding;
            this.normalization = normalization;
            this.spec = new ArchitectureSpec(
                    stemChannels, BlockNotation.parse(stemChannels, List.of(blocks)), HEAD_CHANNELS);
        }
    }
}
