package org.efficientnet4j.families;

import java.util.List;
import java.util.Optional;
import org.efficientnet4j.models.BatchNormSettings;
import org.efficientnet4j.models.Convention;
import org.efficientnet4j.models.Family;
import org.efficientnet4j.models.Library;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.models.ModuleNames;
import org.efficientnet4j.models.Variant;
import org.efficientnet4j.plan.Activation;
import org.efficientnet4j.plan.NetworkPlan;
import org.efficientnet4j.plan.Padding;
import org.efficientnet4j.plan.Place;
import org.efficientnet4j.plan.PlanSettings;
import org.efficientnet4j.scaling.ChannelRounding;
import org.efficientnet4j.scaling.CompoundScaling;
import org.efficientnet4j.scaling.StagedNetwork;
import org.efficientnet4j.spec.ArchitectureSpec;
import org.efficientnet4j.spec.BlockNotation;

/**
 * MobileNetV2: MBConv without squeeze-excite, with ReLU6.
 *
 * <p>Source: MobileNetV2 (arXiv 1801.04381), table 2; pytorch/vision {@code torchvision/models/mobilenetv2.py}.
 */
public final class MobileNetV2 implements Family {
    private static final double DROPOUT = 0.2;
    private static final int STEM_CHANNELS = 32;

    private static final ArchitectureSpec SPEC = new ArchitectureSpec(
            STEM_CHANNELS,
            BlockNotation.parse(
                    STEM_CHANNELS,
                    List.of(
                            "r1_k3_s1_e1_i32_o16",
                            "r2_k3_s2_e6_i16_o24",
                            "r3_k3_s2_e6_i24_o32",
                            "r4_k3_s2_e6_i32_o64",
                            "r3_k3_s1_e6_i64_o96",
                            "r3_k3_s2_e6_i96_o160",
                            "r1_k3_s1_e6_i160_o320")),
            1280,
            Activation.RELU6);

    private static final List<Variant> VARIANTS = List.of(
            TorchvisionModel.row("mobilenet_v2", "mobilenet_v2", plan(), DROPOUT, BatchNormSettings.TORCH, 71.878));

    private static NetworkPlan plan() {
        return new StagedNetwork(SPEC, CompoundScaling.NONE, ChannelRounding.GUARDED, false)
                .plan(DROPOUT)
                .with(PlanSettings.IMAGENET.withPadding(Padding.SYMMETRIC));
    }

    @Override
    public String id() {
        return "mobilenet_v2";
    }

    @Override
    public String title() {
        return "MobileNetV2";
    }

    @Override
    public List<Variant> variants() {
        return VARIANTS;
    }

    @Override
    public Optional<ModuleNames> names(Library library) {
        return library == Library.TORCHVISION ? Optional.of(MobileNetV2::torchvision) : Optional.empty();
    }

    /** Places in one sequence of blocks; a block's last convolution and its batch norm are places of their own. */
    private static List<String> torchvision(Place place) {
        return switch (place.section().kind()) {
            case STEM -> List.of("features.0.0", "features.0.1");
            case BODY -> {
                String block = "features." + place.blocksBefore() + ".conv.";
                int index = place.nodeIndex();
                yield place.node().part().equals("project")
                        ? List.of(block + index, block + (index + 1))
                        : List.of(block + index + ".0", block + index + ".1");
            }
            case HEAD -> List.of("features." + place.blocksBefore() + ".0", "features." + place.blocksBefore() + ".1");
            case CLASSIFIER, AUXILIARY -> List.of("classifier.1");
        };
    }

    @Override
    public Convention convention(Library library, String asked, ModelDefinition model) {
        return TorchvisionModel.convention(model);
    }
}
