package org.efficientnet4j.weights.keras;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.exceptions.HdfException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the tensors of a Keras file and names them {@code layer/variable}, whichever way the file is laid out:
 *
 * <ul>
 *   <li>{@code .h5}: groups by the layers' names hold {@code stem_conv/kernel:0}; in a whole model's file they are below
 *       {@code model_weights}, and the optimizer's state beside it is left out.
 *   <li>{@code .weights.h5}: groups {@code layers/conv2d_3/vars} hold variables {@code 0}, {@code 1} ... Newer versions of
 *       Keras 3 note the layer's name there. Else its class and a count are all there is: the fourth Conv2D with
 *       variables becomes {@code conv2d_3}.
 * </ul>
 *
 * A variable of no layer, such as the state of an optimizer or of random numbers, keeps its path as its name.
 *
 * <p>Source: keras-team/keras {@code keras/src/legacy/saving/legacy_h5_format.py} and {@code keras/src/saving/saving_lib.py}.
 */
final class LayerNames {
    private static final String WHOLE_MODEL = "model_weights";
    private static final String LEGACY_INDEX = "layer_names";
    private static final String VARIABLES = "vars";
    /** The second is Keras 2.13's. */
    private static final List<String> LAYERS = List.of("layers", "_layer_checkpoint_dependencies");

    private static final Pattern COUNTED = Pattern.compile("(.+?)_(\\d+)");
    private static final Map<String, List<String>> VARIABLES_OF = Map.of(
            "conv2d", List.of("kernel", "bias"),
            "depthwise_conv2d", List.of("kernel", "bias"),
            "dense", List.of("kernel", "bias"),
            "batch_normalization", List.of("gamma", "beta", "moving_mean", "moving_variance"),
            "normalization", List.of("mean", "variance", "count"));

    private LayerNames() {}

    /**
     * A layer's group.
     *
     * @param container the path of the group it is in, {@code layers}
     * @param type its class, in snake case
     * @param count the number behind the class, 0 where there is none
     */
    private record LayerGroup(String container, String type, long count) {
        static LayerGroup of(List<String> container, String name) {
            Matcher counted = COUNTED.matcher(name);
            return counted.matches() && counted.group(2).length() < 10
                    ? new LayerGroup(String.join("/", container), counted.group(1), Long.parseLong(counted.group(2)))
                    : new LayerGroup(String.join("/", container), name, 0);
        }

        String kind() {
            return container + "/" + type;
        }
    }

    /**
     * Every tensor by name.
     *
     * @throws HdfException if the file is damaged or is not Keras's
     */
    static Map<String, HdfTensor> tensors(HdfFile file, long fileBytes) {
        Group root = file.getChildren().get(WHOLE_MODEL) instanceof Group whole ? whole : file;
        List<HdfTree.Leaf> leaves = HdfTree.leaves(root);
        boolean legacy = root.getAttribute(LEGACY_INDEX) != null || root.getAttribute(LEGACY_INDEX + "0") != null;
        if (!legacy && LAYERS.stream().noneMatch(name -> root.getChildren().containsKey(name))) {
            throw new HdfException(
                    "it has neither an attribute layer_names nor a group layers, so Keras did not write it");
        }
        Map<LayerGroup, Long> ranks = legacy ? Map.of() : ranks(leaves);
        Map<String, HdfTensor> tensors = new LinkedHashMap<>();
        for (HdfTree.Leaf leaf : leaves) {
            String name = legacy ? legacyName(leaf.path()) : savedName(leaf, ranks);
            if (tensors.put(name, new HdfTensor(leaf.dataset(), fileBytes)) != null) {
                throw new HdfException("it has two tensors named " + name);
            }
        }
        return tensors;
    }

    private static String legacyName(List<String> path) {
        int last = path.size() - 1;
        return last == 0 ? path.get(0) : path.get(last - 1) + "/" + legacyVariable(path.get(last));
    }

    private static String legacyVariable(String name) {
        String plain = name.endsWith(":0") ? name.substring(0, name.length() - 2) : name;
        return plain.equals("depthwise_kernel") ? "kernel" : plain;
    }

    private static String savedName(HdfTree.Leaf leaf, Map<LayerGroup, Long> ranks) {
        String path = String.join("/", leaf.path());
        return layer(leaf.path())
                .map(layer -> layerName(leaf.dataset(), layer, ranks) + "/" + variable(layer, leaf.name()))
                .orElse(path);
    }

    private static String layerName(Dataset dataset, LayerGroup layer, Map<LayerGroup, Long> ranks) {
        Attribute name = dataset.getParent().getAttribute("name");
        if (name != null && name.getData() instanceof String known && !known.isEmpty()) {
            return known;
        }
        long rank = ranks.get(layer);
        String counted = layer.type() + (rank == 0 ? "" : "_" + rank);
        return LAYERS.contains(layer.container()) ? counted : layer.container() + "/" + counted;
    }

    private static String variable(LayerGroup layer, String index) {
        List<String> names = VARIABLES_OF.getOrDefault(layer.type(), List.of());
        for (int i = 0; i < names.size(); i++) {
            if (index.equals(Integer.toString(i))) {
                return names.get(i);
            }
        }
        return index;
    }

    /** The layer a variable at {@code .../layers/conv2d_3/vars/0} belongs to. */
    private static Optional<LayerGroup> layer(List<String> path) {
        int size = path.size();
        return size >= 4 && path.get(size - 2).equals(VARIABLES) && LAYERS.contains(path.get(size - 4))
                ? Optional.of(LayerGroup.of(path.subList(0, size - 3), path.get(size - 3)))
                : Optional.empty();
    }

    /** Each layer's place among those of its class that have variables: Keras 2.13 counts some layers twice. */
    private static Map<LayerGroup, Long> ranks(List<HdfTree.Leaf> leaves) {
        Map<String, TreeSet<Long>> counts = new LinkedHashMap<>();
        List<LayerGroup> layers = new ArrayList<>();
        for (HdfTree.Leaf leaf : leaves) {
            layer(leaf.path()).ifPresent(layers::add);
        }
        for (LayerGroup layer : layers) {
            counts.computeIfAbsent(layer.kind(), kind -> new TreeSet<>()).add(layer.count());
        }
        Map<LayerGroup, Long> ranks = new LinkedHashMap<>();
        for (LayerGroup layer : layers) {
            ranks.computeIfAbsent(layer, each ->
                    (long) counts.get(each.kind()).headSet(each.count()).size());
        }
        return ranks;
    }
}
