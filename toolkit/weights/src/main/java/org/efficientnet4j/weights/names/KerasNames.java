package org.efficientnet4j.weights.names;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.efficientnet4j.models.ModuleNames;
import org.efficientnet4j.plan.NetworkPlan;
import org.efficientnet4j.plan.Node;
import org.efficientnet4j.plan.Operation;
import org.efficientnet4j.plan.Place;
import org.efficientnet4j.weights.names.TensorBinding.Arrangement;

/**
 * keras.applications' layers, as {@link org.efficientnet4j.weights.keras.KerasFile} names their variables:
 * {@code block2a_expand_conv/kernel}, or {@code conv2d_5/kernel} where a file has classes and counts alone. Kernels are
 * {@code [h, w, in, out]}.
 */
final class KerasNames implements NameMap {
    private static final Pattern BOOKKEEPING = Pattern.compile(
            "normalization(_\\d+)?/(mean|variance|count)|(?!layers/).*vars/.*|.*/seed_generator/vars/.*");

    private final ModuleNames modules;

    /** Makes a function from a layer's class and name to what the file calls it. */
    private final Supplier<BinaryOperator<String>> naming;

    private KerasNames(ModuleNames modules, Supplier<BinaryOperator<String>> naming) {
        this.modules = modules;
        this.naming = naming;
    }

    /** By the layers' names. */
    static KerasNames named(ModuleNames modules) {
        return new KerasNames(modules, () -> (type, name) -> name);
    }

    /** By the layers' classes, counted in the order of the network. */
    static KerasNames counted(ModuleNames modules) {
        return new KerasNames(modules, () -> new Counter()::next);
    }

    @Override
    public List<TensorBinding> bindings(NetworkPlan plan) {
        Walk walk = new Walk(naming.get());
        for (Place place : plan.places()) {
            walk.place = place;
            walk.add(place.node().read(walk));
        }
        return walk.bindings;
    }

    /**
     * Returns whether a variable is no layer's parameter: those that {@link KerasNormalization} reads, the states of random
     * numbers, and the variables of an optimizer and of metrics.
     */
    @Override
    public boolean isBookkeeping(String name) {
        return BOOKKEEPING.matcher(name).matches();
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
    private final class Walk implements ParameterReader<List<TensorBinding>> {
        private final BinaryOperator<String> naming;
        private final List<TensorBinding> bindings = new ArrayList<>();
        private Place place;

        Walk(BinaryOperator<String> naming) {
            this.naming = naming;
        }

        void add(List<TensorBinding> more) {
            bindings.addAll(more);
        }

        @Override
        public List<TensorBinding> none() {
            return List.of();
        }

        @Override
        public List<TensorBinding> convolution(Node node, Operation.Convolution operation) {
            List<String> names = modules.modules(place);
            long kernel = operation.kernel();
            long out = operation.outChannels();
            boolean depthwise = operation.depthwise();
            String layer = naming.apply(depthwise ? "depthwise_conv2d" : "conv2d", names.get(0));
            List<Long> shape = depthwise
                    ? List.of(kernel, kernel, out, 1L)
                    : List.of(kernel, kernel, (long) operation.inChannels() / operation.groups(), out);
            TensorBinding weights = channelsLast(node, "W", layer + "/kernel", shape);
            List<TensorBinding> found = new ArrayList<>(List.of(weights));
            if (operation.bias()) {
                found.add(vector(node, "b", layer + "/bias", out));
            }
            if (operation.batchNorm()) {
                String norm = naming.apply("batch_normalization", names.get(1));
                found.add(vector(node, "gamma", norm + "/gamma", out));
                found.add(vector(node, "beta", norm + "/beta", out));
                found.add(vector(node, "mean", norm + "/moving_mean", out));
                found.add(vector(node, "var", norm + "/moving_variance", out));
            }
            return found;
        }

        @Override
        public List<TensorBinding> squeezeExcite(Node node, Operation.SqueezeExcite operation) {
            List<String> names = modules.modules(place);
            long channels = operation.channels();
            long reduced = operation.reducedChannels();
            String reduce = naming.apply("conv2d", names.get(0));
            String expand = naming.apply("conv2d", names.get(1));
            return List.of(
                    channelsLast(node, "W1", reduce + "/kernel", List.of(1L, 1L, channels, reduced)),
                    vector(node, "b1", reduce + "/bias", reduced),
                    channelsLast(node, "W2", expand + "/kernel", List.of(1L, 1L, reduced, channels)),
                    vector(node, "b2", expand + "/bias", channels));
        }

        @Override
        public List<TensorBinding> dense(Node node, Operation.Dense operation) {
            String layer = naming.apply("dense", modules.modules(place).get(0));
            long in = operation.inFeatures();
            long out = operation.outFeatures();
            return List.of(
                    new TensorBinding(
                            node.name() + "_W",
                            layer + "/kernel",
                            List.of(in, out),
                            place.isLogits() ? Arrangement.SAME : Arrangement.TRANSPOSED),
                    vector(node, "b", layer + "/bias", out));
        }

        private static TensorBinding channelsLast(Node node, String key, String name, List<Long> shape) {
            return new TensorBinding(node.name() + "_" + key, name, shape, Arrangement.CHANNELS_LAST);
        }

        private static TensorBinding vector(Node node, String key, String name, long size) {
            return new TensorBinding(node.name() + "_" + key, name, List.of(size), Arrangement.SAME);
        }
    }
}
