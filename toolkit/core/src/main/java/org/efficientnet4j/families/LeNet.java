package org.efficientnet4j.families;

import java.util.List;
import java.util.OptionalDouble;
import org.efficientnet4j.core.Normalization;
import org.efficientnet4j.models.Architecture;
import org.efficientnet4j.models.BatchNormSettings;
import org.efficientnet4j.models.Family;
import org.efficientnet4j.models.ModelDefinition;
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
 * LeNet-5, with ReLU in place of the scaled tanh, maximum in place of trained average pooling, and every filter of the
 * second convolution connected to every map, as it is built today. Made for 32 pixels; adaptive pooling, the identity
 * there, lets it take others.
 *
 * <p>Source: Gradient-Based Learning Applied to Document Recognition (LeCun et al. 1998), figure 2.
 */
public final class LeNet implements Family {
    private static final int SIZE = 32;

    private static final List<Variant> VARIANTS = List.of(new Variant(
            new ModelDefinition(
                    "lenet",
                    "lenet",
                    new Architecture.Planned(plan()),
                    SIZE,
                    SIZE,
                    0,
                    BatchNormSettings.TORCH,
                    Normalization.IMAGENET),
            OptionalDouble.empty(),
            List.of("lenet5")));

    private static NetworkPlan plan() {
        PlanBuilder plan = new PlanBuilder(PlanSettings.RGB);
        String last = stage(plan, 1, NetworkPlan.INPUT, 6);
        last = stage(plan, 2, last, 16);
        plan.section("head", Kind.HEAD, "pooling, dense").block("head");
        last = plan.flatten("flatten", plan.adaptivePooling("pool", last, 5, 5));
        last = plan.dense("dense1", last, 120, Activation.RELU);
        last = plan.dense("dense2", last, 84, Activation.RELU);
        plan.section("classifier", Kind.CLASSIFIER, "dense").block("classifier");
        plan.dense("", last, PlanSettings.IMAGENET.classes(), Activation.NONE);
        return plan.build();
    }

    private static String stage(PlanBuilder plan, int number, String from, int channels) {
        plan.section("stage" + number, Kind.BODY, "convolution, pooling").block("stage" + number + ".block1");
        Layer layer = Layer.of(channels, 5).padding(Padding.NONE).bias(false).then(Activation.RELU);
        return plan.pooling(
                "pool", plan.convolution("conv", from, layer), new Pooling(Pooling.Kind.MAX, 2, 2, 0, false));
    }

    @Override
    public String id() {
        return "lenet";
    }

    @Override
    public String title() {
        return "LeNet";
    }

    @Override
    public List<Variant> variants() {
        return VARIANTS;
    }
}
