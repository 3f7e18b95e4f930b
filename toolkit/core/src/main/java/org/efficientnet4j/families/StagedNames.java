package org.efficientnet4j.families;

import java.util.List;
import java.util.Locale;
import org.efficientnet4j.core.Normalization;
import org.efficientnet4j.models.BatchNormSettings;
import org.efficientnet4j.models.Convention;
import org.efficientnet4j.models.Library;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.models.ModuleNames;
import org.efficientnet4j.plan.Block;
import org.efficientnet4j.plan.Padding;
import org.efficientnet4j.plan.Place;
import org.efficientnet4j.plan.Section.Kind;

/** Names that other libraries give to networks of MBConv and Fused-MBConv stages. */
final class StagedNames {
    /**
     * keras.applications' layers of EfficientNetV2.
     *
     * <p>Source: keras-team/keras {@code keras/src/applications/efficientnet_v2.py}.
     */
    static final ModuleNames KERAS_V2 = place -> keras(place, "dwconv2");

    /**
     * keras.applications' layers of EfficientNet.
     *
     * <p>Source: keras-team/keras {@code keras/src/applications/efficientnet.py}.
     */
    private static final ModuleNames KERAS = place -> keras(place, "dwconv");

    private StagedNames() {}

    static ModuleNames of(Library library) {
        return switch (library) {
            case TORCHVISION -> StagedNames::torchvision;
            case TIMM -> StagedNames::timm;
            case KERAS -> KERAS;
            case EFFICIENTNET_PYTORCH -> StagedNames::efficientNetPytorch;
        };
    }

    /**
     * timm's conventions: models named {@code tf_...} are TensorFlow's, with SAME padding, the others are PyTorch's.
     *
     * <p>Source: huggingface/pytorch-image-models {@code timm/models/efficientnet.py}.
     */
    static Convention timm(String asked, ModelDefinition model) {
        return asked.toLowerCase(Locale.ROOT).startsWith("tf_")
                ? new Convention(Padding.SAME, BatchNormSettings.TENSORFLOW, model.normalization())
                : new Convention(Padding.SYMMETRIC, BatchNormSettings.TORCH, Normalization.IMAGENET);
    }

    /**
     * Places in sequences: the stem, the stages and the head are numbered from 0.
     *
     * <p>Source: pytorch/vision {@code torchvision/models/efficientnet.py}, 0.14.
     */
    private static List<String> torchvision(Place place) {
        Kind kind = place.section().kind();
        if (kind == Kind.CLASSIFIER) {
            return List.of("classifier.1");
        }
        String section = "features." + place.sectionIndex();
        if (isBlock(place)) {
            String layer = section + "." + place.blockIndex() + ".block." + place.nodeIndex();
            return place.node().part().equals("squeezeExcite")
                    ? List.of(layer + ".fc1", layer + ".fc2")
                    : List.of(layer + ".0", layer + ".1");
        }
        return List.of(section + ".0", section + ".1");
    }

    /** True for a node of a stage's block, false for stem and head. */
    private static boolean isBlock(Place place) {
        return place.section().kind() == Kind.BODY;
    }

    /**
     * Convolutions named by what they do in their kind of block, batch norms counted.
     *
     * <p>Source: huggingface/pytorch-image-models {@code timm/models/_efficientnet_blocks.py}.
     */
    private static List<String> timm(Place place) {
        if (isBlock(place)) {
            String prefix = "blocks." + (place.sectionIndex() - 1) + "." + place.blockIndex() + ".";
            return place.node().part().equals("squeezeExcite")
                    ? List.of(prefix + "se.conv_reduce", prefix + "se.conv_expand")
                    : List.of(prefix + timmConvolution(place), prefix + "bn" + convolutionsUpTo(place));
        }
        return switch (place.section().kind()) {
            case STEM, BODY -> List.of("conv_stem", "bn1");
            case HEAD -> List.of("conv_head", "bn2");
            case CLASSIFIER, AUXILIARY -> List.of("classifier");
        };
    }

    private static String timmConvolution(Place place) {
        Block block = place.block();
        boolean widens = block.has("expand");
        return switch (place.node().part()) {
            case "expand" -> "conv_pw";
            case "depthwise" -> "conv_dw";
            case "fused" -> block.has("project") ? "conv_exp" : "conv";
            // A depthwise separable block, MBConv without expansion, has no linear projection by name.
            case "project" -> widens || block.has("fused") ? "conv_pwl" : "conv_pw";
            default -> throw unknown(place);
        };
    }

    private static long convolutionsUpTo(Place place) {
        return place.block().nodes().subList(0, place.nodeIndex() + 1).stream()
                .filter(node -> !node.part().equals("squeezeExcite"))
                .count();
    }

    /**
     * Blocks numbered through the network, convolutions named by what they do, a block's batch norms by fixed numbers.
     *
     * <p>Source: lukemelas/EfficientNet-PyTorch {@code efficientnet_pytorch/model.py}, 0.7.1.
     */
    private static List<String> efficientNetPytorch(Place place) {
        if (!isBlock(place)) {
            return switch (place.section().kind()) {
                case STEM, BODY -> List.of("_conv_stem", "_bn0");
                case HEAD -> List.of("_conv_head", "_bn1");
                case CLASSIFIER, AUXILIARY -> List.of("_fc");
            };
        }
        // The stem is a block, too.
        String prefix = "_blocks." + (place.blocksBefore() - 1) + ".";
        return switch (place.node().part()) {
            case "expand" -> List.of(prefix + "_expand_conv", prefix + "_bn0");
            case "depthwise" -> List.of(prefix + "_depthwise_conv", prefix + "_bn1");
            case "squeezeExcite" -> List.of(prefix + "_se_reduce", prefix + "_se_expand");
            case "project" -> List.of(prefix + "_project_conv", prefix + "_bn2");
            default -> throw unknown(place);
        };
    }

    private static List<String> keras(Place place, String depthwise) {
        if (!isBlock(place)) {
            return switch (place.section().kind()) {
                case STEM, BODY -> List.of("stem_conv", "stem_bn");
                case HEAD -> List.of("top_conv", "top_bn");
                case CLASSIFIER, AUXILIARY -> List.of("predictions");
            };
        }
        String prefix = "block" + place.sectionIndex() + (char) ('a' + place.blockIndex()) + "_";
        return switch (place.node().part()) {
            case "expand" -> List.of(prefix + "expand_conv", prefix + "expand_bn");
            case "depthwise" -> List.of(prefix + depthwise, prefix + "bn");
            case "project" -> List.of(prefix + "project_conv", prefix + "project_bn");
            case "squeezeExcite" -> List.of(prefix + "se_reduce", prefix + "se_expand");
            case "fused" -> {
                // A fused block that does not widen is its projection alone, with the whole kernel.
                String part = place.block().has("project") ? "expand" : "project";
                yield List.of(prefix + part + "_conv", prefix + part + "_bn");
            }
            default -> throw unknown(place);
        };
    }

    private static IllegalStateException unknown(Place place) {
        return new IllegalStateException("No other library has a layer for " + place.node());
    }
}
