package org.efficientnet4j.weights;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.efficientnet4j.core.InvalidInputException;

/**
 * A file whose tensors are called as in the library's own network. Trainings save networks inside of others, whose names
 * come first: {@code DataParallel}'s {@code module.}, {@code torch.compile}'s {@code _orig_mod.}, Lightning's {@code model.},
 * in any combination. Single numbers without a module, such as {@code n_averaged}, are no weights.
 */
final class PlainNames implements TensorFile {
    private static final Set<String> WRAPPERS = Set.of(
            "module",
            "_orig_mod",
            "model",
            "net",
            "network",
            "backbone",
            "encoder",
            "ema",
            "ema_model",
            "model_ema",
            "_forward_module",
            "_fsdp_wrapped_module");

    private final TensorFile file;
    private final Map<String, TensorInfo> tensors;
    private final Remarks remarks;

    private PlainNames(TensorFile file, Map<String, TensorInfo> tensors, Remarks remarks) {
        this.file = file;
        this.tensors = tensors;
        this.remarks = remarks;
    }

    /**
     * A view of a file, which it takes over.
     *
     * @param key what the names of the tensors wanted begin with; the most frequent wrapper where it is empty
     * @throws InvalidInputException if no tensor's name begins with the key, or two get the same name
     */
    static TensorFile of(TensorFile file, Optional<String> key) {
        try {
            Remarks remarks = new Remarks();
            file.remarks().forEach(remarks::add);
            return new PlainNames(file, plain(file.tensors(), key, remarks), remarks);
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static Map<String, TensorInfo> plain(List<TensorInfo> all, Optional<String> key, Remarks remarks) {
        List<TensorInfo> wanted =
                key.map(start -> beginningWith(start + ".", all, remarks)).orElse(all);
        String prefix = key.map(start -> start + "." + wrapper(wanted, start.length() + 1))
                .orElseGet(() -> wrapper(wanted, 0));
        if (!prefix.isEmpty()) {
            remarks.add("Left out '" + prefix + "' before the tensors' names");
        }
        Map<String, TensorInfo> plain = new LinkedHashMap<>();
        List<String> ignored = new ArrayList<>();
        for (TensorInfo tensor : wanted) {
            String name = tensor.name().startsWith(prefix) ? tensor.name().substring(prefix.length()) : tensor.name();
            if (isSingleNumber(name.substring(wrapperLength(name, 0)), tensor)) {
                ignored.add(tensor.name());
            } else if (plain.put(name, tensor) != null) {
                throw new InvalidInputException("The file must have one tensor for each name, found " + tensor.name()
                        + " and another " + name + ": choose by --checkpoint-key");
            }
        }
        remarks.ignored(ignored);
        return plain;
    }

    private static List<TensorInfo> beginningWith(String start, List<TensorInfo> all, Remarks remarks) {
        List<TensorInfo> wanted =
                all.stream().filter(tensor -> tensor.name().startsWith(start)).toList();
        if (wanted.isEmpty()) {
            throw new InvalidInputException(
                    "--checkpoint-key must be a key of the checkpoint with weights under it, or what"
                            + " tensors' names begin with, found " + start.substring(0, start.length() - 1)
                            + "; the names begin with "
                            + all.stream()
                                    .map(tensor -> tensor.name()
                                            .substring(
                                                    0, Math.max(0, tensor.name().indexOf('.'))))
                                    .filter(first -> !first.isEmpty())
                                    .distinct()
                                    .limit(Remarks.MOST_NAMES)
                                    .collect(Collectors.joining(", ")));
        }
        remarks.ignored(all.stream()
                .filter(tensor -> !wanted.contains(tensor))
                .map(TensorInfo::name)
                .toList());
        return wanted;
    }

    private static boolean isSingleNumber(String name, TensorInfo tensor) {
        return name.indexOf('.') < 0 && name.indexOf('/') < 0 && tensor.elements() == 1;
    }

    /** The wrappers that most names begin with, behind their first characters; the first in the file of equals. */
    private static String wrapper(List<TensorInfo> tensors, int from) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (TensorInfo tensor : tensors) {
            String name = tensor.name().substring(from);
            if (!isSingleNumber(name.substring(wrapperLength(name, 0)), tensor)) {
                counts.merge(name.substring(0, wrapperLength(name, 0)), 1, Integer::sum);
            }
        }
        return counts.entrySet().stream()
                .max(Comparator.comparingInt((Map.Entry<String, Integer> entry) -> entry.getValue()))
                .map(Map.Entry::getKey)
                .orElse("");
    }

    private static int wrapperLength(String name, int from) {
        int dot = name.indexOf('.', from);
        return dot > 0 && WRAPPERS.contains(name.substring(from, dot)) ? wrapperLength(name, dot + 1) : from;
    }

    @Override
    public List<TensorInfo> tensors() {
        return tensors.entrySet().stream()
                .map(entry -> new TensorInfo(
                        entry.getKey(),
                        entry.getValue().type(),
                        entry.getValue().shape()))
                .toList();
    }

    @Override
    public List<String> remarks() {
        return remarks.sentences();
    }

    @Override
    public float[] read(String name) {
        TensorInfo tensor = tensors.get(name);
        return file.read(tensor == null ? name : tensor.name());
    }

    @Override
    public void close() {
        file.close();
    }
}
