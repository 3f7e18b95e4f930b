package org.efficientnet4j.weights.torch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.efficientnet4j.weights.ElementType;
import org.efficientnet4j.weights.torch.PickledTensor.Storage;

/** The classes and functions that make up a state dict, and what calling them gives. All others are {@link Placeholder}s. */
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

    /** Bytes of an element of types that are passed over. */
    private static final Map<String, Integer> OTHER_STORAGES = Map.of(
            "torch.ComplexFloatStorage", 8,
            "torch.ComplexDoubleStorage", 16,
            "torch.QUInt8Storage", 1,
            "torch.QInt8Storage", 1,
            "torch.QInt32Storage", 4,
            "torch.storage.UntypedStorage", 1);

    private PickleClasses() {}

    /** Something a pickle has named. */
    enum Callable {
        ORDERED_DICT("collections.OrderedDict"),
        TENSOR("torch._utils._rebuild_tensor_v2"),
        TENSOR_BEFORE_0_4("torch._utils._rebuild_tensor"),
        PARAMETER("torch._utils._rebuild_parameter"),
        PARAMETER_WITH_STATE("torch._utils._rebuild_parameter_with_state"),
        SUBCLASS("torch._tensor._rebuild_from_type_v2");

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

    /** The object for a full name: an {@link ElementType} for a storage class, a {@link Callable} or a placeholder. */
    static Object find(String name) {
        String device = name.replaceFirst("^torch\\.cuda\\.", "torch.");
        if (STORAGES.containsKey(device)) {
            return STORAGES.get(device);
        }
        return Callable.named(name).map(Object.class::cast).orElseGet(() -> new Placeholder(name));
    }

    /** The result of calling a callable: something of a state dict, or a placeholder. */
    static Object call(Object called, List<?> arguments) throws PickleException {
        if (called instanceof Placeholder unknown) {
            return new Placeholder(unknown.name());
        }
        if (called instanceof ElementType) {
            return new Placeholder("torch storage");
        }
        if (!(called instanceof Callable callable)) {
            throw new PickleException("its index calls something that is no function");
        }
        return switch (callable) {
            case ORDERED_DICT -> dictionary(arguments);
            case PARAMETER, PARAMETER_WITH_STATE -> first(callable, arguments);
            case TENSOR, TENSOR_BEFORE_0_4 -> tensor(callable, arguments);
            case SUBCLASS -> subclass(arguments);
        };
    }

    /** Python 2's pickles give a dictionary's items as a list of pairs. */
    private static Map<Object, Object> dictionary(List<?> arguments) {
        Map<Object, Object> dictionary = new LinkedHashMap<>();
        if (!arguments.isEmpty() && arguments.get(0) instanceof List<?> pairs) {
            for (Object each : pairs) {
                if (each instanceof List<?> pair && pair.size() == 2 && pair.get(0) instanceof String key) {
                    dictionary.put(key, pair.get(1));
                }
            }
        }
        return dictionary;
    }

    private static Object first(Callable callable, List<?> arguments) throws PickleException {
        if (arguments.isEmpty()) {
            throw wrongArguments(callable, arguments);
        }
        return arguments.get(0);
    }

    private static Object tensor(Callable callable, List<?> arguments) throws PickleException {
        if (arguments.size() >= 4 && arguments.get(0) instanceof Placeholder unknown) {
            return unknown; // a storage of a type that holds no weights
        }
        if (arguments.size() >= 4
                && arguments.get(0) instanceof Storage storage
                && arguments.get(1) instanceof Long offset) {
            return PickledTensor.checked(storage, offset, numbers(arguments.get(2)), numbers(arguments.get(3)));
        }
        throw wrongArguments(callable, arguments);
    }

    /** A tensor with attributes: {@code (function, class, arguments, state)}. */
    private static Object subclass(List<?> arguments) throws PickleException {
        if (arguments.size() == 4
                && arguments.get(0) instanceof Callable inner
                && inner != Callable.SUBCLASS
                && arguments.get(2) instanceof List<?> innerArguments) {
            return call(inner, innerArguments);
        }
        return new Placeholder(Callable.SUBCLASS.name);
    }

    private static PickleException wrongArguments(Callable callable, List<?> arguments) {
        return new PickleException("it calls " + callable + " with " + arguments.size() + " arguments of other kinds");
    }

    /**
     * The object that a persistent id stands for: the storage of {@code ('storage', class, key, device, elements)}, a
     * placeholder for a storage of another type and for a module's source code.
     *
     * @param elementBytes told how many bytes an element of the storage has, where that is known
     */
    static Object storage(Object persistentId, Map<String, Integer> elementBytes) throws PickleException {
        if (persistentId instanceof List<?> parts && parts.size() >= 4 && "module".equals(parts.get(0))) {
            return parts.get(1);
        }
        if (persistentId instanceof List<?> parts
                && parts.size() >= 5
                && "storage".equals(parts.get(0))
                && parts.get(2) instanceof String key
                && parts.get(4) instanceof Long elements
                && elements >= 0
                && (parts.size() == 5 || parts.get(5) == Unpickler.NONE)) {
            if (parts.get(1) instanceof ElementType type) {
                elementBytes.put(key, type.bytes());
                return new Storage(type, key, elements);
            }
            if (parts.get(1) instanceof Placeholder other) {
                Optional.ofNullable(OTHER_STORAGES.get(other.name())).ifPresent(bytes -> elementBytes.put(key, bytes));
                return new Placeholder(other.name());
            }
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
