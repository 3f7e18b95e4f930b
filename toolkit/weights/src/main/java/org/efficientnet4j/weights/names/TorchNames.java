package org.efficientnet4j.weights.names;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.efficientnet4j.scaling.BlockPlan;
import org.efficientnet4j.scaling.ConvolutionPlan;
import org.efficientnet4j.scaling.LayerPlan;
import org.efficientnet4j.scaling.ScaledArchitecture;
import org.efficientnet4j.scaling.SqueezeExcitePlan;
import org.efficientnet4j.weights.names.TensorBinding.Arrangement;

/**
 * What PyTorch's libraries share: the names below a module, and layouts that are ours but for the classifier's. Subclasses
 * name the modules.
 */
abstract class TorchNames implements NameMap {
    /**
     * The modules of a convolution block.
     *
     * @param convolution of the kernel
     * @param norm of the batch norm
     */
    record Modules(String convolution, String norm) {}

    /**
     * The modules of a squeeze-excite.
     *
     * @param reduce of the narrowing convolution
     * @param expand of the widening one
     */
    record Gate(String reduce, String expand) {}

    abstract Modules stem();

    /** @param position of the layer in its block, from 0 */
    abstract Modules convolution(BlockPlan block, int position);

    /** @param position of the layer in its block, from 0 */
    abstract Gate squeezeExcite(BlockPlan block, int position);

    abstract Modules head(ScaledArchitecture architecture);

    abstract String classifier();

    @Override
    public final List<TensorBinding> bindings(ScaledArchitecture architecture, int classes) {
        List<TensorBinding> bindings = new ArrayList<>(convolution(architecture.stem(), stem()));
        for (BlockPlan block : architecture.blocks()) {
            for (int position = 0; position < block.layers().size(); position++) {
                LayerPlan layer = block.layers().get(position);
                bindings.addAll(
                        layer instanceof ConvolutionPlan convolution
                                ? convolution(convolution, convolution(block, position))
                                : squeezeExcite((SqueezeExcitePlan) layer, squeezeExcite(block, position)));
            }
        }
        bindings.addAll(convolution(architecture.head(), head(architecture)));
        bindings.addAll(classifier(architecture.head().outChannels(), classes));
        return bindings;
    }

    /** Batch norm counts its batches, which nothing but momentum {@code None} reads. */
    @Override
    public final boolean isBookkeeping(String name) {
        return name.endsWith(".num_batches_tracked");
    }

    @Override
    public final boolean recognizes(Collection<String> tensors) {
        return tensors.contains(stem().convolution() + ".weight");
    }

    private static List<TensorBinding> convolution(ConvolutionPlan plan, Modules modules) {
        long in = plan.depthwise() ? 1 : plan.inChannels();
        long out = plan.outChannels();
        long kernel = plan.kernel();
        return List.of(
                same(plan, "W", modules.convolution() + ".weight", out, in, kernel, kernel),
                same(plan, "gamma", modules.norm() + ".weight", out),
                same(plan, "beta", modules.norm() + ".bias", out),
                same(plan, "mean", modules.norm() + ".running_mean", out),
                same(plan, "var", modules.norm() + ".running_var", out));
    }

    private static List<TensorBinding> squeezeExcite(SqueezeExcitePlan plan, Gate gate) {
        long channels = plan.channels();
        long reduced = plan.reducedChannels();
        return List.of(
                same(plan, "W1", gate.reduce() + ".weight", reduced, channels, 1, 1),
                same(plan, "b1", gate.reduce() + ".bias", reduced),
                same(plan, "W2", gate.expand() + ".weight", channels, reduced, 1, 1),
                same(plan, "b2", gate.expand() + ".bias", channels));
    }

    private List<TensorBinding> classifier(long features, long classes) {
        return List.of(
                new TensorBinding(
                        "classifier_W", classifier() + ".weight", List.of(classes, features), Arrangement.TRANSPOSED),
                new TensorBinding("classifier_b", classifier() + ".bias", List.of(classes), Arrangement.SAME));
    }

    private static TensorBinding same(LayerPlan layer, String key, String name, long... shape) {
        return new TensorBinding(
                layer.name() + "_" + key, name, Arrays.stream(shape).boxed().toList(), Arrangement.SAME);
    }
}
