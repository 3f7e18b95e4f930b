package org.efficientnet4j.examples;

import java.util.ArrayList;
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

/**
 * A family of one's own: networks of mixed blocks, whose depthwise convolutions look at two neighbourhoods at once. This
 * class and a line in {@code META-INF/services/org.efficientnet4j.models.Family} are all of it.
 *
 * <p>Source of the idea: MixConv (arXiv 1907.09595), here with an expansion of its own for each kernel.
 */
public final class MixedKernels implements Family {
    private static final int STEM = 16;
    private static final int HEAD = 128;
    private static final int EXPANSION = 2;
    private static final int SQUEEZED = 4;

    /** Channels and stride of each stage. */
    private record Stage(int channels, int stride, int blocks) {}

    private static final List<Variant> ROWS = List.of(
            row("mixed_kernels_tiny", List.of(new Stage(24, 2, 1), new Stage(48, 2, 1))),
            row("mixed_kernels_small", List.of(new Stage(24, 2, 2), new Stage(48, 2, 3))));

    private static Variant row(String name, List<Stage> stages) {
        ModelDefinition model = new ModelDefinition(
                name,
                "mixed_kernels",
                new Architecture.Planned(plan(stages)),
                48,
                48,
                0,
                BatchNormSettings.TORCH,
                Normalization.IMAGENET);
        return new Variant(model, OptionalDouble.empty(), List.of());
    }

    private static NetworkPlan plan(List<Stage> stages) {
        PlanBuilder plan = new PlanBuilder(PlanSettings.RGB);
        plan.section("stem", Kind.STEM, "convolution").block("stem");
        String last = plan.convolution(
                "", NetworkPlan.INPUT, Layer.of(STEM, 3).stride(2).then(Activation.SWISH));
        for (int i = 0; i < stages.size(); i++) {
            String stage = "stage" + (i + 1);
            plan.section(stage, Kind.BODY, "mixed kernels");
            for (int block = 0; block < stages.get(i).blocks(); block++) {
                plan.block(stage + ".block" + (block + 1));
                int stride = block == 0 ? stages.get(i).stride() : 1;
                last = mixedBlock(plan, last, stages.get(i).channels(), stride);
            }
        }
        plan.section("head", Kind.HEAD, "convolution").block("head");
        last = plan.convolution("", last, Layer.of(HEAD, 1).then(Activation.SWISH));
        last = plan.globalPooling("pool", last);
        plan.section("classifier", Kind.CLASSIFIER, "dense").block("classifier");
        plan.dense("", last, PlanSettings.IMAGENET.classes(), Activation.NONE);
        return plan.build();
    }

    /** The block: each kernel expands, looks and hands on; then one gate, one projection, one shortcut. */
    private static String mixedBlock(PlanBuilder plan, String from, int channels, int stride) {
        int wide = EXPANSION * plan.channels(from);
        List<String> looks = new ArrayList<>();
        for (int kernel : new int[] {3, 5}) {
            String expanded =
                    plan.convolution("expand" + kernel, from, Layer.of(wide, 1).then(Activation.SWISH));
            looks.add(plan.depthwise(
                    "look" + kernel,
                    expanded,
                    Layer.of(wide, kernel).stride(stride).then(Activation.SWISH)));
        }
        String both = plan.concatenation("both", looks);
        String gated = plan.squeezeExcite("gate", both, plan.channels(from) / SQUEEZED, Activation.SWISH);
        String projected = plan.convolution("project", gated, Layer.of(channels, 1));
        boolean same = stride == 1 && plan.channels(from) == channels;
        return same ? plan.add("add", projected, from, 0, Activation.NONE) : projected;
    }

    @Override
    public String id() {
        return "mixed_kernels";
    }

    @Override
    public String title() {
        return "Mixed kernels";
    }

    @Override
    public List<Variant> variants() {
        return ROWS;
    }
}
