package org.efficientnet4j.cli.families;

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
import org.efficientnet4j.plan.PlanBuilder;
import org.efficientnet4j.plan.PlanBuilder.Layer;
import org.efficientnet4j.plan.PlanSettings;
import org.efficientnet4j.plan.Section.Kind;

/** Family of one small residual network, as a user would add one: this class and a line in META-INF/services. */
public final class ToyFamily implements Family {
    private static final Variant ROW = new Variant(
            new ModelDefinition(
                    "toy_residual",
                    "toy",
                    new Architecture.Planned(plan()),
                    32,
                    32,
                    0,
                    BatchNormSettings.TORCH,
                    Normalization.IMAGENET),
            OptionalDouble.empty(),
            List.of());

    private static NetworkPlan plan() {
        PlanBuilder plan = new PlanBuilder(PlanSettings.RGB);
        plan.section("stem", Kind.STEM, "convolution").block("stem");
        String last = plan.convolution(
                "", NetworkPlan.INPUT, Layer.of(16, 3).stride(2).then(Activation.RELU));
        plan.section("stage1", Kind.BODY, "residual").block("stage1.block1");
        String branch = plan.convolution("conv", last, Layer.of(16, 3));
        last = plan.add("add", branch, last, 0, Activation.RELU);
        plan.section("head", Kind.HEAD, "pooling").block("head");
        last = plan.globalPooling("pool", last);
        plan.section("classifier", Kind.CLASSIFIER, "dense").block("classifier");
        plan.dense("", last, PlanSettings.IMAGENET.classes(), Activation.NONE);
        return plan.build();
    }

    @Override
    public String id() {
        return "toy";
    }

    @Override
    public String title() {
        return "Toy";
    }

    @Override
    public List<Variant> variants() {
        return List.of(ROW);
    }
}
