package org.efficientnet4j.weights.torch;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.efficientnet4j.weights.Remarks;

/**
 * The state dicts of a checkpoint. Averaged weights come before the trained ones, as in timm, since they are what a training
 * judges and keeps.
 *
 * <p>Source: huggingface/pytorch-image-models {@code timm/models/_helpers.py}, {@code load_state_dict}.
 */
final class StateDicts {
    /** Keys of state dicts, the preferred first. */
    static final List<String> KEYS = List.of(
            "state_dict_ema",
            "model_ema",
            "ema_state_dict",
            "ema",
            "state_dict",
            "model_state_dict",
            "model",
            "net",
            "module");

    private static final int DEEPEST = 64;
    private static final int MOST_OBJECTS = 1 << 20;

    private final Remarks remarks;
    private int objects;

    private StateDicts(Remarks remarks) {
        this.remarks = remarks;
    }

    /**
     * A state dict.
     *
     * @param tensors by name
     * @param byKey if it is the one that was asked for by its key
     */
    record Found(Map<String, PickledTensor> tensors, boolean byKey) {}

    /**
     * The tensors of a checkpoint's state dict, by name.
     *
     * @param root what the file holds
     * @param key the state dict's key; the preferred one where it is empty
     * @param remarks told what was chosen and what was left out
     * @throws PickleException if there is none, or it holds something like a tensor that cannot be read
     */
    static Found find(Object root, Optional<String> key, Remarks remarks) throws PickleException {
        StateDicts dicts = new StateDicts(remarks);
        Object asked = key.map(contents(root)::get).orElse(null);
        if (dicts.hasTensors(asked, 0)) {
            return new Found(dicts.flattened(dicts.inside(asked)), true);
        }
        Map<String, PickledTensor> tensors = dicts.flattened(dicts.inside(root));
        return new Found(tensors.isEmpty() ? dicts.unusual(root) : tensors, false);
    }

    /** The tensors under a key that is none of the usual ones, where there is but one such. */
    private Map<String, PickledTensor> unusual(Object root) throws PickleException {
        List<String> keys = contents(root).entrySet().stream()
                .filter(entry -> entry.getKey() instanceof String && hasTensors(entry.getValue(), 0))
                .map(entry -> (String) entry.getKey())
                .toList();
        if (keys.size() > 1) {
            throw new PickleException("it holds tensors under "
                    + keys.stream().limit(Remarks.MOST_NAMES).collect(Collectors.joining(", "))
                    + ", none of which is a usual key of weights: choose one by --checkpoint-key");
        }
        Map<String, PickledTensor> tensors = new LinkedHashMap<>();
        if (!keys.isEmpty()) {
            say(contents(root), keys.get(0));
            tensors = flattened(inside(contents(root).get(keys.get(0))));
        }
        if (tensors.isEmpty()) {
            throw new PickleException(
                    "it holds " + described(root) + " and no state dict with tensors in it: save model.state_dict()");
        }
        return tensors;
    }

    /** Goes down the preferred keys while there are tensors below. */
    private Object inside(Object root) {
        Object here = root;
        for (int depth = 0; depth < KEYS.size(); depth++) {
            if (isModule(here)) {
                return here;
            }
            Map<?, ?> map = contents(here);
            Optional<String> next =
                    KEYS.stream().filter(key -> hasTensors(map.get(key), 0)).findFirst();
            if (next.isEmpty()) {
                return here;
            }
            say(map, next.get());
            here = map.get(next.get());
        }
        return here;
    }

    private void say(Map<?, ?> map, String chosen) {
        String others = map.keySet().stream()
                .filter(key -> !chosen.equals(key))
                .map(key -> key instanceof String || key instanceof Long ? key.toString() : "another key")
                .limit(Remarks.MOST_NAMES)
                .collect(Collectors.joining(", "));
        remarks.add("Took the weights under '" + chosen + "'"
                + (others.isEmpty() ? "" : "; left out what is under " + others));
    }

    private boolean hasTensors(Object object, int depth) {
        objects++;
        if (object == null || depth > 3 || objects > MOST_OBJECTS) {
            return false;
        }
        if (isModule(object)) {
            return true;
        }
        for (Object value : contents(object).values()) {
            if ((value instanceof PickledTensor tensor && !tensor.shape().isEmpty()) || hasTensors(value, depth + 1)) {
                return true;
            }
        }
        return false;
    }

    private static Map<?, ?> contents(Object object) {
        if (object instanceof Placeholder placeholder) {
            return placeholder.contents();
        }
        return object instanceof Map<?, ?> map ? map : Map.of();
    }

    private static String described(Object root) {
        if (root instanceof Placeholder placeholder) {
            return "a " + placeholder.name();
        }
        return root instanceof Map<?, ?> ? "a dictionary" : "no dictionary";
    }

    private Map<String, PickledTensor> flattened(Object chosen) throws PickleException {
        Map<String, PickledTensor> tensors = new LinkedHashMap<>();
        if (isModule(chosen)) {
            addModule(contents(chosen), "", tensors, new IdentityHashMap<>());
        } else {
            addStateDict(contents(chosen), tensors);
        }
        return tensors;
    }

    private static boolean isModule(Object object) {
        return object instanceof Placeholder placeholder
                && placeholder.contents().get("_modules") instanceof Map
                && placeholder.contents().get("_parameters") instanceof Map;
    }

    private void addStateDict(Map<?, ?> dictionary, Map<String, PickledTensor> tensors) throws PickleException {
        List<String> others = new ArrayList<>();
        for (Map.Entry<?, ?> entry : dictionary.entrySet()) {
            if (entry.getKey() instanceof String name && entry.getValue() instanceof PickledTensor tensor) {
                tensors.put(name, tensor);
            } else if (entry.getKey() instanceof String name && entry.getValue() instanceof Placeholder other) {
                requireNoTensor(name, other);
                others.add(name + " (a " + other.name() + ")");
            } else {
                others.add(String.valueOf(
                        entry.getKey() instanceof String || entry.getKey() instanceof Long
                                ? entry.getKey()
                                : "another key"));
            }
        }
        if (!tensors.isEmpty()) {
            remarks.ignored(others);
        }
    }

    private static void requireNoTensor(String name, Placeholder other) throws PickleException {
        if (other.name().startsWith("torch.")
                && (other.name().contains("_rebuild_") || other.name().contains("Storage"))) {
            throw new PickleException("its tensor " + name + " is of a kind that is not read (" + other.name()
                    + "): convert it by tensor.float()");
        }
    }

    /** A pickled module keeps its tensors as {@code Module.state_dict()} finds them. */
    private void addModule(
            Map<?, ?> module, String prefix, Map<String, PickledTensor> tensors, Map<Object, Object> path)
            throws PickleException {
        objects++;
        if (objects > MOST_OBJECTS || path.size() > DEEPEST || path.put(module, module) != null) {
            throw new PickleException("its modules are nested too deeply");
        }
        for (String kind : List.of("_parameters", "_buffers")) {
            for (Map.Entry<?, ?> entry : contents(module.get(kind)).entrySet()) {
                if (entry.getValue() instanceof PickledTensor tensor) {
                    tensors.put(prefix + entry.getKey(), tensor);
                } else if (entry.getValue() instanceof Placeholder other) {
                    requireNoTensor(prefix + entry.getKey(), other);
                }
            }
        }
        for (Map.Entry<?, ?> entry : contents(module.get("_modules")).entrySet()) {
            if (isModule(entry.getValue())) {
                addModule(contents(entry.getValue()), prefix + entry.getKey() + ".", tensors, path);
            }
        }
        path.remove(module);
    }
}
