package org.efficientnet4j.weights.names;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.efficientnet4j.models.ModuleNames;
import org.efficientnet4j.plan.NetworkPlan;
import org.efficientnet4j.plan.Node;
import org.efficientnet4j.plan.Operation;
import org.efficientnet4j.plan.Place;
import org.efficientnet4j.weights.names.TensorBinding.Arrangement;

/** PyTorch's names below a library's modules, in layouts that are ours but for dense layers'. */
final class TorchNames implements NameMap {
    private final ModuleNames modules;

    TorchNames(ModuleNames modules) {
        this.modules = modules;
    }

    @Override
    public List<TensorBinding> bindings(NetworkPlan plan) {
        List<TensorBinding> bindings = new ArrayList<>();
        for (Place place : plan.places()) {
            bindings.addAll(place.node().read(new Bindings(place)));
        }
        return bindings;
    }

    /** Batch norm counts its batches, which nothing but momentum {@code None} reads. */
    @Override
    public boolean isBookkeeping(String name) {
        return name.endsWith(".num_batches_tracked");
    }

    /** The parameters of one node. */
    private final class Bindings implements ParameterReader<List<TensorBinding>> {
        private final Place place;

        Bindings(Place place) {
            this.place = place;
        }

        @Override
        public List<TensorBinding> none() {
            return List.of();
        }

        @Override
        public List<TensorBinding> convolution(Node node, Operation.Convolution operation) {
            List<String> names = modules.modules(place);
            long out = operation.outChannels();
            long kernel = operation.kernel();
            String convolution = names.get(0);
            TensorBinding weights = same(
                    node,
                    "W",
                    convolution + ".weight",
                    out,
                    operation.inChannels() / operation.groups(),
                    kernel,
                    kernel);
            List<TensorBinding> found = new ArrayList<>(List.of(weights));
            if (operation.bias()) {
                found.add(same(node, "b", convolution + ".bias", out));
            }
            if (operation.batchNorm()) {
                String norm = names.get(1);
                found.add(same(node, "gamma", norm + ".weight", out));
                found.add(same(node, "beta", norm + ".bias", out));
                found.add(same(node, "mean", norm + ".running_mean", out));
                found.add(same(node, "var", norm + ".running_var", out));
            }
            return found;
        }

        @Override
        public List<TensorBinding> squeezeExcite(Node node, Operation.SqueezeExcite operation) {
            List<String> names = modules.modules(place);
            long channels = operation.channels();
            long reduced = operation.reducedChannels();
            return List.of(
                    same(node, "W1", names.get(0) + ".weight", reduced, channels, 1, 1),
                    same(node, "b1", names.get(0) + ".bias", reduced),
                    same(node, "W2", names.get(1) + ".weight", channels, reduced, 1, 1),
                    same(node, "b2", names.get(1) + ".bias", channels));
        }

        @Override
        public List<TensorBinding> dense(Node node, Operation.Dense operation) {
            String name = modules.modules(place).get(0);
            long in = operation.inFeatures();
            long out = operation.outFeatures();
            // The classifier is DL4J's own layer, hidden dense layers are the toolkit's.
            Arrangement arrangement = place.isLogits() ? Arrangement.TRANSPOSED : Arrangement.SAME;
            return List.of(
                    new TensorBinding(node.name() + "_W", name + ".weight", List.of(out, in), arrangement),
                    same(node, "b", name + ".bias", out));
        }

        private static TensorBinding same(Node node, String key, String name, long... shape) {
            return new TensorBinding(
                    node.name() + "_" + key, name, Arrays.stream(shape).boxed().toList(), Arrangement.SAME);
        }
    }
}
