package org.efficientnet4j.weights.torch;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Follows the instructions of a pickle that describe dictionaries, lists, numbers, strings, tensors and objects, protocols 2
 * to 5. Objects become {@link Placeholder}s: their classes are names here, and nothing of theirs is loaded or called. Each
 * instruction makes at most one object, so that memory stays within a small multiple of the pickle's size.
 *
 * <p>Source: Python's {@code pickletools}.
 */
final class Unpickler {
    /** Python's None. */
    static final Object NONE = new Object();

    private static final Object MARK = new Object();

    private final ByteBuffer code;
    private final Deque<Object> stack = new ArrayDeque<>();
    private final Map<Integer, Object> memo = new HashMap<>();
    private final Map<String, Integer> elementBytes;

    private Unpickler(ByteBuffer code, Map<String, Integer> elementBytes) {
        this.code = code.order(ByteOrder.LITTLE_ENDIAN);
        this.elementBytes = elementBytes;
    }

    /**
     * The object that a pickle describes: a {@code Map}, {@code List}, {@code Long}, {@code BigInteger}, {@code Double},
     * {@code Boolean}, {@code String}, {@link PickledTensor}, {@link Placeholder} or {@link #NONE}.
     *
     * @param pickle read from its position on, which is behind the pickle afterwards
     * @throws PickleException for an instruction that checkpoints don't need, or a damaged pickle
     */
    static Object load(ByteBuffer pickle) throws PickleException {
        return load(pickle, new HashMap<>());
    }

    /** The same, noting how many bytes an element of each storage has, by the storage's key. */
    static Object load(ByteBuffer pickle, Map<String, Integer> elementBytes) throws PickleException {
        Unpickler unpickler = new Unpickler(pickle, elementBytes);
        try {
            while (true) {
                int instruction = Byte.toUnsignedInt(unpickler.code.get());
                if (instruction == '.') {
                    return unpickler.pop();
                }
                unpickler.execute(instruction);
            }
        } catch (BufferUnderflowException e) {
            throw new PickleException("its index ends in the middle of an instruction");
        }
    }

    private void execute(int instruction) throws PickleException {
        switch (instruction) {
            case 0x80 -> requireProtocol(code.get());
            case 0x95 -> code.getLong(); // FRAME: the length of what follows
            case '(' -> stack.push(MARK);
            case 'N' -> stack.push(NONE);
            case 0x88 -> stack.push(true);
            case 0x89 -> stack.push(false);
            case 'J' -> stack.push((long) code.getInt());
            case 'K' -> stack.push((long) Byte.toUnsignedInt(code.get()));
            case 'M' -> stack.push((long) Short.toUnsignedInt(code.getShort()));
            case 0x8a -> stack.push(longNumber(Byte.toUnsignedInt(code.get())));
            case 0x8b -> stack.push(longNumber(code.getInt()));
            case 'G' -> stack.push(Double.longBitsToDouble(Long.reverseBytes(code.getLong())));
            case 'X' -> stack.push(text(code.getInt()));
            case 0x8c -> stack.push(text(Byte.toUnsignedInt(code.get())));
            case 0x8d -> stack.push(text(code.getLong()));
            case 'U', 'C' -> stack.push(bytes(Byte.toUnsignedInt(code.get())));
            case 'T', 'B' -> stack.push(bytes(code.getInt()));
            case 0x8e, 0x96 -> stack.push(bytes(code.getLong()));
            case '}' -> stack.push(new LinkedHashMap<>());
            case 0x8f -> stack.push(new Placeholder("set"));
            case 0x90 -> addItems();
            case 0x91 -> frozenSet();
            case ']', ')' -> stack.push(new ArrayList<>());
            case 't' -> stack.push(toMark());
            case 0x85 -> stack.push(tuple(1));
            case 0x86 -> stack.push(tuple(2));
            case 0x87 -> stack.push(tuple(3));
            case 'q' -> memo.put(Byte.toUnsignedInt(code.get()), top());
            case 'r' -> memo.put(code.getInt(), top());
            case 0x94 -> memo.put(memo.size(), top());
            case 'h' -> stack.push(remembered(Byte.toUnsignedInt(code.get())));
            case 'j' -> stack.push(remembered(code.getInt()));
            case 'c' -> stack.push(PickleClasses.find(line() + "." + line()));
            case 0x93 -> stackGlobal();
            case 'Q' -> stack.push(PickleClasses.storage(pop(), elementBytes));
            case 'R', 0x81 -> reduce();
            case 0x92 -> reduceWithKeywords();
            case '0' -> pop();
            case '1' -> toMark();
            case '2' -> stack.push(top());
            case 'b' -> build();
            case 's' -> setItems(tuple(2));
            case 'u' -> setItems(toMark());
            case 'a' -> append(List.of(pop()));
            case 'e' -> append(toMark());
            default ->
                throw new PickleException(
                        "its index has the instruction 0x%02x, which checkpoints don't need".formatted(instruction));
        }
    }

    private static void requireProtocol(byte protocol) throws PickleException {
        if (protocol < 2 || protocol > 5) {
            throw new PickleException("its index is a pickle of protocol " + protocol + "; 2 to 5 are read");
        }
    }

    private Number longNumber(int bytes) throws PickleException {
        byte[] number = take(bytes, "number");
        for (int low = 0, high = bytes - 1; low < high; low++, high--) {
            byte swapped = number[low];
            number[low] = number[high];
            number[high] = swapped;
        }
        BigInteger value = bytes == 0 ? BigInteger.ZERO : new BigInteger(number);
        return value.bitLength() < Long.SIZE ? (Number) value.longValue() : value;
    }

    private String text(long bytes) throws PickleException {
        return new String(take(bytes, "text"), StandardCharsets.UTF_8);
    }

    /** Bytes, or the text of a Python before 3; nobody reads them, but a dictionary's keys may be such texts. */
    private String bytes(long bytes) throws PickleException {
        return new String(take(bytes, "text"), StandardCharsets.ISO_8859_1);
    }

    private byte[] take(long bytes, String what) throws PickleException {
        if (bytes < 0 || bytes > code.remaining()) {
            throw new PickleException(String.format(
                    Locale.ROOT, "its index has a %s of %,d bytes where %,d are left", what, bytes, code.remaining()));
        }
        byte[] taken = new byte[(int) bytes];
        code.get(taken);
        return taken;
    }

    private String line() {
        StringBuilder line = new StringBuilder();
        for (char each = (char) code.get(); each != '\n'; each = (char) code.get()) {
            line.append(each);
        }
        return line.toString();
    }

    private void stackGlobal() throws PickleException {
        if (pop() instanceof String name && pop() instanceof String module) {
            stack.push(PickleClasses.find(module + "." + name));
        } else {
            throw new PickleException("its index names a class by something that is not text");
        }
    }

    private void reduce() throws PickleException {
        if (!(pop() instanceof List<?> arguments)) {
            throw new PickleException("its index calls something without a tuple of arguments");
        }
        stack.push(PickleClasses.call(pop(), arguments));
    }

    private void reduceWithKeywords() throws PickleException {
        pop();
        reduce();
    }

    private void addItems() throws PickleException {
        toMark();
        if (!(top() instanceof Placeholder)) {
            throw new PickleException("its index adds items to something that is not a set");
        }
    }

    private void frozenSet() throws PickleException {
        toMark();
        stack.push(new Placeholder("frozenset"));
    }

    /** Gives an object its state. That of a dictionary is its attributes, such as _metadata, which nothing here needs. */
    private void build() throws PickleException {
        Object state = pop();
        Object built = top();
        if (built instanceof Placeholder object) {
            object.state(state);
        } else if (!(built instanceof Map<?, ?>) && !(built instanceof PickledTensor)) {
            throw new PickleException("its index gives a state to something that has none");
        }
    }

    private void setItems(List<Object> items) throws PickleException {
        Map<Object, Object> map = dictionary(top());
        if (items.size() % 2 != 0) {
            throw new PickleException("its index has a dictionary key without a value");
        }
        for (int i = 0; i < items.size(); i += 2) {
            Object key = items.get(i);
            // Other keys stay apart from each other, and nobody asks for them.
            map.put(key instanceof String || key instanceof Long ? key : new Object(), items.get(i + 1));
        }
    }

    @SuppressWarnings("unchecked") // every map on the stack was made here
    private static Map<Object, Object> dictionary(Object object) throws PickleException {
        if (object instanceof Map<?, ?> map) {
            return (Map<Object, Object>) map;
        }
        if (object instanceof Placeholder subclass) {
            return subclass.items();
        }
        throw new PickleException("its index puts items into something that is not a dictionary");
    }

    @SuppressWarnings("unchecked") // every list on the stack was made here
    private void append(List<Object> items) throws PickleException {
        if (top() instanceof List<?> list) {
            ((List<Object>) list).addAll(items);
        } else if (!(top() instanceof Placeholder)) {
            throw new PickleException("its index appends to something that is not a list");
        }
    }

    private List<Object> tuple(int size) throws PickleException {
        List<Object> items = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            items.add(0, pop());
        }
        return items;
    }

    private List<Object> toMark() throws PickleException {
        List<Object> items = new ArrayList<>();
        while (!stack.isEmpty()) {
            Object item = stack.pop();
            if (item == MARK) {
                Collections.reverse(items);
                return items;
            }
            items.add(item);
        }
        throw new PickleException("its index looks for a mark that is not there");
    }

    private Object remembered(int place) throws PickleException {
        Object object = memo.get(place);
        if (object == null) {
            throw new PickleException("its index asks for object " + place + ", which it did not keep");
        }
        return object;
    }

    private Object top() throws PickleException {
        if (stack.isEmpty() || stack.peek() == MARK) {
            throw new PickleException("its index takes an object where there is none");
        }
        return stack.peek();
    }

    private Object pop() throws PickleException {
        top();
        return stack.pop();
    }
}
