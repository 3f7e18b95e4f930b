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
import org.efficientnet4j.plan.Operation.Pooling;
import org.efficientnet4j.plan.Padding;
import org.efficientnet4j.plan.Place;
import org.efficientnet4j.plan.PlanBuilder;
import org.efficientnet4j.plan.PlanBuilder.Layer;
import org.efficientnet4j.plan.PlanSettings;
import org.efficientnet4j.plan.Section.Kind;

/**
 * ResNet of 18, 34, 50, 101 and 152 layers. A bottleneck's stride is its 3x3 convolution's, as torchvision has it ("v1.5").
 *
 * <p>Source: Deep Residual Learning for Image Recognition (arXiv 1512.03385), table 1; pytorch/vision
 * {@code torchvision/models/resnet.py}.
 */
public final class ResNet implements Family {
    private static final int BOTTLENECK_EXPANSION = 4;
    private static final List<Integer> CHANNELS = List.of(64, 128, 256, 512);

    private static final List<Variant> VARIANTS = List.of(
            row("resnet18", false, 69.758, 2, 2, 2, 2),
            row("resnet34", false, 73.314, 3, 4, 6, 3),
            row("resnet50", true, 76.130, 3, 4, 6, 3),
            row("resnet101", true, 77.374, 3, 4, 23, 3),
            row("resnet152", true, 78.312, 3, 8, 36, 3));

    /** @param blocks of each stage */
    private static Variant row(String name, boolean bottleneck, double publishedTop1, int... blocks) {
        return TorchvisionModel.row(
                name, "resnet", plan(bottleneck, blocks), 0, BatchNormSettings.TORCH, publishedTop1);
    }

    private static NetworkPlan plan(boolean bottleneck, int... blocks) {
        PlanBuilder plan = new PlanBuilder(PlanSettings.RGB);
        plan.section("stem", Kind.STEM, "convolution, pooling").block("stem");
        String last =
                plan.convolution("conv", NetworkPlan.INPUT, layer(64, 7, 2).then(Activation.RELU));
        last = plan.pooling("pool", last, new Pooling(Pooling.Kind.MAX, 3, 2, 1, false));
        for (int stage = 0; stage < blocks.length; stage++) {
            String name = "stage" + (stage + 1);
            plan.section(name, Kind.BODY, bottleneck ? "bottleneck" : "basic block");
            for (int block = 1; block <= blocks[stage]; block++) {
                plan.block(name + ".block" + block);
                int stride = block == 1 && stage > 0 ? 2 : 1;
                last = bottleneck
                        ? bottleneck(plan, last, CHANNELS.get(stage), stride)
                        : basic(plan, last, CHANNELS.get(stage), stride);
            }
        }
        plan.section("head", Kind.HEAD, "pooling").block("head");
        last = plan.globalPooling("pool", last);
        plan.section("classifier", Kind.CLASSIFIER, "dense").block("classifier");
        last = plan.dropout("dropout", last, 0);
        plan.dense("", last, PlanSettings.IMAGENET.classes(), Activation.NONE);
        return plan.build();
    }

    private static String basic(PlanBuilder plan, String from, int channels, int stride) {
        String last = plan.convolution("conv1", from, layer(channels, 3, stride).then(Activation.RELU));
        last = plan.convolution("conv2", last, layer(channels, 3, 1));
        return plan.add("add", last, shortcut(plan, from, channels, stride), 0, Activation.RELU);
    }

    private static String bottleneck(PlanBuilder plan, String from, int channels, int stride) {
        int out = channels * BOTTLENECK_EXPANSION;
        String last = plan.convolution("conv1", from, layer(channels, 1, 1).then(Activation.RELU));
        last = plan.convolution("conv2", last, layer(channels, 3, stride).then(Activation.RELU));
        last = plan.convolution("conv3", last, layer(out, 1, 1));
        return plan.add("add", last, shortcut(plan, from, out, stride), 0, Activation.RELU);
    }

    /** The block's input, projected where its shape changes. */
    private static String shortcut(PlanBuilder plan, String from, int channels, int stride) {
        return stride == 1 && plan.channels(from) == channels
                ? from
                : plan.convolution("shortcut", from, layer(channels, 1, stride));
    }

    private static Layer layer(int channels, int kernel, int stride) {
        return Layer.of(channels, kernel).stride(stride).padding(Padding.fixed(kernel / 2));
    }

    @Override
    public String id() {
        return "resnet";
    }

    @Override
    public String title() {
        return "ResNet";
    }

    @Override
    public List<Variant> variants() {
        return VARIANTS;
    }

    /** timm has torchvision's names. */
    @Override
    public Optional<ModuleNames> names(Library library) {
        return library == Library.TORCHVISION || library == Library.TIMM
                ? Optional.of(ResNet::torch)
                : Optional.empty();
    }

    private static List<String> torch(Place place) {
        return switch (place.section().kind()) {
            case STEM -> List.of("conv1", "bn1");
            case BODY -> {
                String block = "layer" + place.sectionIndex() + "." + place.blockIndex() + ".";
                String part = place.node().part();
                yield part.equals("shortcut")
                        ? List.of(block + "downsample.0", block + "downsample.1")
                        : List.of(block + part, block + part.replace("conv", "bn"));
            }
            case HEAD, CLASSIFIER, AUXILIARY -> List.of("fc");
        };
    }

    @Override
    public Convention convention(Library library, String asked, ModelDefinition model) {
        return TorchvisionModel.convention(model);
    }
}
