package org.efficientnet4j.weights.names;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.efficientnet4j.scaling.BlockPlan;
import org.efficientnet4j.scaling.ConvolutionPlan;
import org.efficientnet4j.scaling.LayerPlan;
import org.efficientnet4j.scaling.ScaledArchitecture;
import org.efficientnet4j.scaling.SqueezeExcitePlan;
import org.efficientnet4j.weights.names.TensorBinding.Arrangement;

/**
 * keras.applications' layers, as {@link org.efficientnet4j.weights.keras.KerasFile} names their variables:
 * {@code block2a_expand_conv/kernel}, or {@code conv2d_5/kernel} where a file has classes and counts alone. Kernels are
 * {@code [h, w, in, out]}.
 *
 * <p>Source: keras-team/keras {@code keras/src/applications/efficientnet.py} and {@code efficientnet_v2.py}.
 */
final class KerasNames implements NameMap {
    /** By the layers' names. */
    static final KerasNames NAMED = new KerasNames(() -> (type, name) -> name);

    /** By the layers' classes, counted in the order of the network. */
    static final KerasNames COUNTED = new KerasNames(() -> new Counter()::next);

    private static final String CONVOLUTION = "conv2d";
    private static final Pattern BOOKKEEPING = Pattern.compile(
            "normalization(_\\d+)?/(mean|variance|count)|(?!layers/).*vars/.*|.*/seed_generator/vars/.*");

    /** Makes a function from a layer's class and name to what the file calls it. */
    private final Supplier<BinaryOperator<String>> naming;

    private KerasNames(Supplier<BinaryOperator<String>> naming) {
        this.naming = naming;
    }

    /** Whether the architecture is one of EfficientNetV2's, which Keras names and normalises differently. */
    static boolean isV2(ScaledArchitecture architecture) {
        return architecture.blocks().stream().anyMatch(BlockPlan::fused);
    }

    @Override
    public List<TensorBinding> bindings(ScaledArchitecture architecture, int classes) {
        return new Walk(naming.get(), isV2(architecture)).walk(architecture, classes);
    }

    /**
     * What {@link KerasNormalization} reads, the states of random numbers, and what is outside of the layers: an optimizer's
     * and metrics' variables.
     */
    @Override
    public boolean isBookkeeping(String name) {
        return BOOKKEEPING.matcher(name).matches();
    }

    @Override
    public boolean recognizes(Collection<String> tensors) {
        return tensors.contains(naming.get().apply(CONVOLUTION, "stem_conv") + "/kernel");
    }

    /** Numbers layers by class: {@code conv2d}, {@code conv2d_1} ... */
    private static final class Counter {
        private final Map<String, Integer> used = new HashMap<>();

        String next(String type, String name) {
            int count = used.merge(type, 1, Integer::sum) - 1;
            return count == 0 ? type : type + "_" + count;
        }
    }

    /** One pass over a network, in Keras's order of its layers. */
    private static final class Walk {
        private final BinaryOperator<String> naming;
        private final boolean v2;
        private final List<TensorBinding> bindings = new ArrayList<>();

        Walk(BinaryOperator<String> naming, boolean v2) {
            this.naming = naming;
            this.v2 = v2;
        }

        List<TensorBinding> walk(ScaledArchitecture architecture, int classes) {
            convolution(architecture.stem(), "stem_conv", "stem_bn");
            for (BlockPlan block : architecture.blocks()) {
                for (LayerPlan layer : block.layers()) {
                    if (layer instanceof ConvolutionPlan convolution) {
                        convolution(block, convolution);
                    } else {
                        squeezeExcite((SqueezeExcitePlan) layer, prefix(block));
                    }
                }
            }
            convolution(architecture.head(), "top_conv", "top_bn");
            long features = architecture.head().outChannels();
            String dense = naming.apply("dense", "predictions");
            bindings.add(new TensorBinding(
                    "classifier_W", dense + "/kernel", List.of(features, (long) classes), Arrangement.SAME));
            bindings.add(new TensorBinding("classifier_b", dense + "/bias", List.of((long) classes), Arrangement.SAME));
            return bindings;
        }

        private static String prefix(BlockPlan block) {
            return "block" + block.stage() + (char) ('a' + block.position() - 1) + "_";
        }

        private void convolution(BlockPlan block, ConvolutionPlan plan) {
            String prefix = prefix(block);
            switch (plan.role()) {
                case EXPAND -> convolution(plan, prefix + "expand_conv", prefix + "expand_bn");
                case DEPTHWISE -> convolution(plan, prefix + (v2 ? "dwconv2" : "dwconv"), prefix + "bn");
                case PROJECT -> convolution(plan, prefix + "project_conv", prefix + "project_bn");
                case FUSED -> {
                    // A fused block that does not widen is its projection alone, with the whole kernel.
                    String part = block.layers().get(block.layers().size() - 1).equals(plan) ? "project" : "expand";
                    convolution(plan, prefix + part + "_conv", prefix + part + "_bn");
                }
                case STEM, HEAD -> throw new IllegalStateException("A block has no " + plan.role());
            }
        }

        private void convolution(ConvolutionPlan plan, String convolution, String norm) {
            long kernel = plan.kernel();
            long out = plan.outChannels();
            if (plan.depthwise()) {
                String layer = naming.apply("depthwise_conv2d", convolution);
                channelsLast(plan, "W", layer + "/kernel", List.of(kernel, kernel, out, 1L));
            } else {
                String layer = naming.apply(CONVOLUTION, convolution);
                channelsLast(plan, "W", layer + "/kernel", List.of(kernel, kernel, (long) plan.inChannels(), out));
            }
            String layer = naming.apply("batch_normalization", norm);
            vector(plan, "gamma", layer + "/gamma", out);
            vector(plan, "beta", layer + "/beta", out);
            vector(plan, "mean", layer + "/moving_mean", out);
            vector(plan, "var", layer + "/moving_variance", out);
        }

        private void squeezeExcite(SqueezeExcitePlan plan, String prefix) {
            long channels = plan.channels();
            long reduced = plan.reducedChannels();
            String reduce = naming.apply(CONVOLUTION, prefix + "se_reduce");
            channelsLast(plan, "W1", reduce + "/kernel", List.of(1L, 1L, channels, reduced));
            vector(plan, "b1", reduce + "/bias", reduced);
            String expand = naming.apply(CONVOLUTION, prefix + "se_expand");
            channelsLast(plan, "W2", expand + "/kernel", List.of(1L, 1L, reduced, channels));
            vector(plan, "b2", expand + "/bias", channels);
        }

        private void channelsLast(LayerPlan plan, String key, String name, List<Long> shape) {
            bindings.add(new TensorBinding(plan.name() + "_" + key, name, shape, Arrangement.CHANNELS_LAST));
        }

        private void vector(LayerPlan plan, String key, String name, long size) {
            bindings.add(new TensorBinding(plan.name() + "_" + key, name, List.of(size), Arrangement.SAME));
        }
    }
}
