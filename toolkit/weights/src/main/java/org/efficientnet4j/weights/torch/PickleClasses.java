package org.efficientnet4j.weights.torch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.efficientnet4j.weights.ElementType;
import org.efficientnet4j.weights.torch.PickledTensor.Storage;

/** The classes and functions that a state dict's pickle may name, and what calling them gives. */
final class PickleClasses {
    private static final Map<String, ElementType> STORAGES = Map.of(
            "torch.FloatStorage", ElementType.F32,
            "torch.DoubleStorage", ElementType.F64,
            "torch.HalfStorage", ElementType.F16,
            "torch.BFloat16Storage", ElementType.BF16,
            "torch.LongStorage", ElementType.I64,
            "torch.IntStorage", ElementType.I32,
            "torch.ShortStorage", ElementType.I16,
            "torch.CharStorage", ElementType.I8,
            "torch.ByteStorage", ElementType.U8,
            "torch.BoolStorage", ElementType.BOOL);

    private PickleClasses() {}

    /** Something a pickle has named. */
    enum Callable {
        ORDERED_DICT("collections.OrderedDict"),
        TENSOR("torch._utils._rebuild_tensor_v2"),
        PARAMETER("torch._utils._rebuild_parameter");

        private final String name;

        Callable(String name) {
            this.name = name;
        }

        private static Optional<Callable> named(String name) {
            for (Callable callable : values()) {
                if (callable.name.equals(name)) {
                    return Optional.of(callable);
                }
            }
            return Optional.empty();
        }
    }

    /**
     * What a full name stands for: an {@link ElementType} for a storage class, else a {@link Callable}.
     *
     * @throws PickleException for any other name
     */
    static Object find(String name) throws PickleException {
        if (STORAGES.containsKey(name)) {
            return STORAGES.get(name);
        }
        return Callable.named(name)
                .orElseThrow(() -> new PickleException("it holds a " + name
                        + ", which is not part of a state dict and is not loaded: save model.state_dict() alone"));
    }

    /** The result of calling a callable. */
    static Object call(Object called, List<?> arguments) throws PickleException {
        if (called == Callable.ORDERED_DICT && arguments.isEmpty()) {
            return new LinkedHashMap<Object, Object>();
        }
        if (called == Callable.PARAMETER && !arguments.isEmpty() && arguments.get(0) instanceof PickledTensor tensor) {
            return tensor;
        }
        if (called == Callable.TENSOR
                && arguments.size() >= 4
                && arguments.get(0) instanceof Storage storage
                && arguments.get(1) instanceof Long offset) {
            return PickledTensor.checked(storage, offset, numbers(arguments.get(2)), numbers(arguments.get(3)));
        }
        throw new PickleException("it calls " + called + " with " + arguments.size() + " arguments of other kinds");
    }

    /** The storage that {@code ('storage', class, key, device, elements)} stands for. */
    static Storage storage(Object persistentId) throws PickleException {
        if (persistentId instanceof List<?> parts
                && parts.size() == 5
                && "storage".equals(parts.get(0))
                && parts.get(1) instanceof ElementType type
                && parts.get(2) instanceof String key
                && parts.get(4) instanceof Long elements
                && elements >= 0) {
            return new Storage(type, key, elements);
        }
        throw new PickleException("it refers to something outside that is not a storage");
    }

    private static List<Long> numbers(Object tuple) throws PickleException {
        List<Long> numbers = new ArrayList<>();
        if (tuple instanceof List<?> list) {
            for (Object each : list) {
                if (each instanceof Long number) {
                    numbers.add(number);
                }
            }
            if (numbers.size() == list.size()) {
                return numbers;
            }
        }
        throw new PickleException("a tensor's shape or strides are not a tuple of numbers");
    }
}
