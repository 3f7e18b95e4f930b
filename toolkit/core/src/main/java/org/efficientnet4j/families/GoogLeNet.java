package org.efficientnet4j.families;

import java.util.List;
import java.util.Map;
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
 * GoogLeNet with batch norm. Its networks are without the auxiliary heads, whose names and shapes
 * {@link #withAuxiliaryHeads} knows. Its third branches have 3x3 kernels in place of the paper's 5x5, as torchvision's.
 *
 * <p>Source: Going Deeper with Convolutions (arXiv 1409.4842), table 1; pytorch/vision
 * {@code torchvision/models/googlenet.py}.
 */
public final class GoogLeNet implements Family {
    private static final double DROPOUT = 0.2;
    private static final double AUXILIARY_DROPOUT = 0.7;
    private static final BatchNormSettings BATCH_NORM = new BatchNormSettings(1e-3, 0.9);

    private static final List<Variant> VARIANTS =
            List.of(TorchvisionModel.row("googlenet", "googlenet", plan(false), DROPOUT, BATCH_NORM, 69.778));

    /** torchvision's names of an inception block's parts. */
    private static final Map<String, String> BRANCHES = Map.of(
            "branch1", "branch1",
            "branch2.reduce", "branch2.0",
            "branch2.conv", "branch2.1",
            "branch3.reduce", "branch3.0",
            "branch3.conv", "branch3.1",
            "branch4.conv", "branch4.1");

    private static NetworkPlan plan(boolean auxiliaryHeads) {
        PlanBuilder plan = new PlanBuilder(PlanSettings.RGB);
        plan.section("stem", Kind.STEM, "convolutions, pooling").block("stem");
        String last = plan.convolution("conv1", NetworkPlan.INPUT, layer(64, 7).stride(2));
        last = plan.pooling("pool1", last, halving(3));
        last = plan.convolution("conv2", last, layer(64, 1));
        last = plan.convolution("conv3", last, layer(192, 3));
        last = plan.pooling("pool2", last, halving(3));

        plan.section("stage3", Kind.BODY, "inception").block("stage3.block1");
        last = inception(plan, last, 64, 96, 128, 16, 32, 32);
        plan.block("stage3.block2");
        last = inception(plan, last, 128, 128, 192, 32, 96, 64);

        plan.section("stage4", Kind.BODY, "inception").block("stage4.block1");
        last = plan.pooling("pool", last, halving(3));
        last = inception(plan, last, 192, 96, 208, 16, 48, 64);
        String first = last;
        plan.block("stage4.block2");
        last = inception(plan, last, 160, 112, 224, 24, 64, 64);
        plan.block("stage4.block3");
        last = inception(plan, last, 128, 128, 256, 24, 64, 64);
        plan.block("stage4.block4");
        last = inception(plan, last, 112, 144, 288, 32, 64, 64);
        String second = last;
        plan.block("stage4.block5");
        last = inception(plan, last, 256, 160, 320, 32, 128, 128);

        plan.section("stage5", Kind.BODY, "inception").block("stage5.block1");
        last = plan.pooling("pool", last, halving(2));
        last = inception(plan, last, 256, 160, 320, 32, 128, 128);
        plan.block("stage5.block2");
        last = inception(plan, last, 384, 192, 384, 48, 128, 128);

        plan.section("head", Kind.HEAD, "pooling").block("head");
        last = plan.globalPooling("pool", last);
        plan.section("classifier", Kind.CLASSIFIER, "dense").block("classifier");
        last = plan.dropout("dropout", last, DROPOUT);
        plan.dense("", last, PlanSettings.IMAGENET.classes(), Activation.NONE);
        if (auxiliaryHeads) {
            auxiliaryHead(plan, "aux1", first);
            auxiliaryHead(plan, "aux2", second);
        }
        return plan.build();
    }

    private static void auxiliaryHead(PlanBuilder plan, String name, String from) {
        plan.section(name, Kind.AUXILIARY, "auxiliary head").block(name);
        String last = plan.adaptivePooling("pool", from, 4, 4);
        last = plan.convolution("conv", last, layer(128, 1));
        last = plan.flatten("flatten", last);
        last = plan.dense("fc1", last, 1024, Activation.RELU);
        last = plan.dropout("dropout", last, AUXILIARY_DROPOUT);
        plan.dense("fc2", last, PlanSettings.IMAGENET.classes(), Activation.NONE);
    }

    /** Four branches beside each other; the widths are the paper's columns. */
    private static String inception(
            PlanBuilder plan,
            String from,
            int ones,
            int threesReduce,
            int threes,
            int fivesReduce,
            int fives,
            int poolProjection) {
        String branch1 = plan.convolution("branch1", from, layer(ones, 1));
        String branch2 = plan.convolution("branch2.reduce", from, layer(threesReduce, 1));
        branch2 = plan.convolution("branch2.conv", branch2, layer(threes, 3));
        String branch3 = plan.convolution("branch3.reduce", from, layer(fivesReduce, 1));
        branch3 = plan.convolution("branch3.conv", branch3, layer(fives, 3));
        String branch4 = plan.pooling("branch4.pool", from, new Pooling(Pooling.Kind.MAX, 3, 1, 1, true));
        branch4 = plan.convolution("branch4.conv", branch4, layer(poolProjection, 1));
        return plan.concatenation("concat", List.of(branch1, branch2, branch3, branch4));
    }

    private static Pooling halving(int kernel) {
        return new Pooling(Pooling.Kind.MAX, kernel, 2, 0, true);
    }

    private static Layer layer(int channels, int kernel) {
        return Layer.of(channels, kernel).padding(Padding.fixed(kernel / 2)).then(Activation.RELU);
    }

    @Override
    public String id() {
        return "googlenet";
    }

    @Override
    public String title() {
        return "GoogLeNet";
    }

    @Override
    public List<Variant> variants() {
        return VARIANTS;
    }

    @Override
    public Optional<NetworkPlan> withAuxiliaryHeads(ModelDefinition model) {
        return Optional.of(plan(true));
    }

    @Override
    public Optional<ModuleNames> names(Library library) {
        return library == Library.TORCHVISION ? Optional.of(GoogLeNet::torchvision) : Optional.empty();
    }

    private static List<String> torchvision(Place place) {
        return switch (place.section().kind()) {
            case STEM -> modules(place.node().part());
            case BODY ->
                modules("inception" + (place.sectionIndex() + 2) + (char) ('a' + place.blockIndex()) + "."
                        + BRANCHES.get(place.node().part()));
            case HEAD, CLASSIFIER -> List.of("fc");
            case AUXILIARY ->
                auxiliary(place.section().name() + "." + place.node().part(), place);
        };
    }

    private static List<String> auxiliary(String module, Place place) {
        return place.node().part().equals("conv") ? modules(module) : List.of(module);
    }

    private static List<String> modules(String prefix) {
        return List.of(prefix + ".conv", prefix + ".bn");
    }

    @Override
    public Convention convention(Library library, String asked, ModelDefinition model) {
        return TorchvisionModel.convention(model);
    }
}
