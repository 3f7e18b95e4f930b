package org.efficientnet4j.families;

import java.util.ArrayList;
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
import org.efficientnet4j.plan.Operation.Convolution;
import org.efficientnet4j.plan.Operation.Pooling;
import org.efficientnet4j.plan.Padding;
import org.efficientnet4j.plan.Place;
import org.efficientnet4j.plan.PlanBuilder;
import org.efficientnet4j.plan.PlanBuilder.Layer;
import org.efficientnet4j.plan.PlanSettings;
import org.efficientnet4j.plan.Section.Kind;

/**
 * VGG of 11, 13, 16 and 19 layers, with and without batch norm.
 *
 * <p>Source: Very Deep Convolutional Networks for Large-Scale Image Recognition (arXiv 1409.1556), table 1, configurations
 * A, B, D and E; pytorch/vision {@code torchvision/models/vgg.py}.
 */
public final class Vgg implements Family {
    private static final double DROPOUT = 0.5;
    private static final Pooling POOLING = new Pooling(Pooling.Kind.MAX, 2, 2, 0, false);
    private static final List<Integer> CHANNELS = List.of(64, 128, 256, 512, 512);

    private static final List<Variant> VARIANTS = List.of(
            row("vgg11", false, 69.020, 1, 1, 2, 2, 2),
            row("vgg13", false, 69.928, 2, 2, 2, 2, 2),
            row("vgg16", false, 71.592, 2, 2, 3, 3, 3),
            row("vgg19", false, 72.376, 2, 2, 4, 4, 4),
            row("vgg11_bn", true, 70.370, 1, 1, 2, 2, 2),
            row("vgg13_bn", true, 71.586, 2, 2, 2, 2, 2),
            row("vgg16_bn", true, 73.360, 2, 2, 3, 3, 3),
            row("vgg19_bn", true, 74.218, 2, 2, 4, 4, 4));

    /** @param convolutions of each stage */
    private static Variant row(String name, boolean batchNorm, double publishedTop1, int... convolutions) {
        return TorchvisionModel.row(
                name, "vgg", plan(batchNorm, convolutions), DROPOUT, BatchNormSettings.TORCH, publishedTop1);
    }

    private static NetworkPlan plan(boolean batchNorm, int... convolutions) {
        PlanBuilder plan = new PlanBuilder(PlanSettings.RGB);
        String last = NetworkPlan.INPUT;
        for (int stage = 0; stage < convolutions.length; stage++) {
            String name = "stage" + (stage + 1);
            plan.section(name, Kind.BODY, "convolutions, pooling").block(name + ".block1");
            for (int i = 1; i <= convolutions[stage]; i++) {
                last = plan.convolution("conv" + i, last, layer(CHANNELS.get(stage), batchNorm));
            }
            last = plan.pooling("pool", last, POOLING);
        }
        plan.section("head", Kind.HEAD, "pooling, dense").block("head");
        last = plan.flatten("flatten", plan.adaptivePooling("pool", last, 7, 7));
        last = plan.dense("dense1", last, 4096, Activation.RELU);
        last = plan.dense("dense2", plan.dropout("dropout", last, DROPOUT), 4096, Activation.RELU);
        plan.section("classifier", Kind.CLASSIFIER, "dense").block("classifier");
        last = plan.dropout("dropout", last, DROPOUT);
        plan.dense("", last, PlanSettings.IMAGENET.classes(), Activation.NONE);
        return plan.build();
    }

    private static Layer layer(int channels, boolean batchNorm) {
        return Layer.of(channels, 3).padding(Padding.fixed(1)).bias(batchNorm).then(Activation.RELU);
    }

    @Override
    public String id() {
        return "vgg";
    }

    @Override
    public String title() {
        return "VGG";
    }

    @Override
    public List<Variant> variants() {
        return VARIANTS;
    }

    @Override
    public Optional<ModuleNames> names(Library library) {
        return library == Library.TORCHVISION ? Optional.of(Vgg::torchvision) : Optional.empty();
    }

    /** Places in two sequences: convolution, batch norm and ReLU count one each, as do a pooling and a dropout. */
    private static List<String> torchvision(Place place) {
        if (!(place.node().operation() instanceof Convolution convolution)) {
            return List.of(
                    switch (place.node().name()) {
                        case "head.dense1" -> "classifier.0";
                        case "head.dense2" -> "classifier.3";
                        default -> "classifier.6";
                    });
        }
        int each = convolution.batchNorm() ? 3 : 2;
        int index = each * place.convolutionsBefore() + place.sectionIndex();
        List<String> names = new ArrayList<>(List.of("features." + index));
        if (convolution.batchNorm()) {
            names.add("features." + (index + 1));
        }
        return names;
    }

    @Override
    public Convention convention(Library library, String asked, ModelDefinition model) {
        return TorchvisionModel.convention(model);
    }
}
