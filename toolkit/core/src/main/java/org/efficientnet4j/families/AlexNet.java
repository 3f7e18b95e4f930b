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
import org.efficientnet4j.plan.PlanBuilder;
import org.efficientnet4j.plan.PlanBuilder.Layer;
import org.efficientnet4j.plan.PlanSettings;
import org.efficientnet4j.plan.Section.Kind;

/**
 * AlexNet in one column, without local response normalisation, as torchvision has it.
 *
 * <p>Source: One weird trick for parallelizing convolutional neural networks (arXiv 1404.5997); pytorch/vision
 * {@code torchvision/models/alexnet.py}.
 */
public final class AlexNet implements Family {
    private static final double DROPOUT = 0.5;
    private static final Pooling POOLING = new Pooling(Pooling.Kind.MAX, 3, 2, 0, false);

    /** torchvision's places in sequences. */
    private static final Map<String, String> MODULES = Map.of(
            "stage1.block1.conv", "features.0",
            "stage2.block1.conv", "features.3",
            "stage3.block1.conv1", "features.6",
            "stage3.block1.conv2", "features.8",
            "stage3.block1.conv3", "features.10",
            "head.dense1", "classifier.1",
            "head.dense2", "classifier.4",
            "classifier", "classifier.6");

    private static final List<Variant> VARIANTS =
            List.of(TorchvisionModel.row("alexnet", "alexnet", plan(), DROPOUT, BatchNormSettings.TORCH, 56.522));

    private static NetworkPlan plan() {
        PlanBuilder plan = new PlanBuilder(PlanSettings.RGB);
        plan.section("stage1", Kind.BODY, "convolution, pooling").block("stage1.block1");
        Layer first = layer(64, 11, 2).stride(4);
        String last = plan.pooling("pool", plan.convolution("conv", NetworkPlan.INPUT, first), POOLING);
        plan.section("stage2", Kind.BODY, "convolution, pooling").block("stage2.block1");
        last = plan.pooling("pool", plan.convolution("conv", last, layer(192, 5, 2)), POOLING);
        plan.section("stage3", Kind.BODY, "convolutions, pooling").block("stage3.block1");
        last = plan.convolution("conv1", last, layer(384, 3, 1));
        last = plan.convolution("conv2", last, layer(256, 3, 1));
        last = plan.pooling("pool", plan.convolution("conv3", last, layer(256, 3, 1)), POOLING);
        plan.section("head", Kind.HEAD, "pooling, dense").block("head");
        last = plan.flatten("flatten", plan.adaptivePooling("pool", last, 6, 6));
        last = plan.dense("dense1", plan.dropout("dropout1", last, DROPOUT), 4096, Activation.RELU);
        last = plan.dense("dense2", plan.dropout("dropout2", last, DROPOUT), 4096, Activation.RELU);
        plan.section("classifier", Kind.CLASSIFIER, "dense").block("classifier");
        plan.dense("", last, PlanSettings.IMAGENET.classes(), Activation.NONE);
        return plan.build();
    }

    private static Layer layer(int channels, int kernel, int padding) {
        return Layer.of(channels, kernel)
                .padding(Padding.fixed(padding))
                .bias(false)
                .then(Activation.RELU);
    }

    @Override
    public String id() {
        return "alexnet";
    }

    @Override
    public String title() {
        return "AlexNet";
    }

    @Override
    public List<Variant> variants() {
        return VARIANTS;
    }

    @Override
    public Optional<ModuleNames> names(Library library) {
        return library == Library.TORCHVISION
                ? Optional.of(place -> List.of(MODULES.get(place.node().name())))
                : Optional.empty();
    }

    @Override
    public Convention convention(Library library, String asked, ModelDefinition model) {
        return TorchvisionModel.convention(model);
    }
}
