package org.efficientnet4j.weights.torch;

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
import java.util.Map;

/**
 * Follows the instructions of a pickle that describe dictionaries, lists, numbers, strings and tensors, protocols 2 to 5.
 * Each instruction makes at most one object, so that memory stays within a small multiple of the pickle's size.
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

    private Unpickler(byte[] pickle) {
        this.code = ByteBuffer.wrap(pickle).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * The object that a pickle describes: a {@code Map}, {@code List}, {@code Long}, {@code Double}, {@code Boolean},
     * {@code String}, {@link PickledTensor} or {@link #NONE}.
     *
     * @throws PickleException for an instruction or a class that state dicts don't need, or a damaged pickle
     */
    static Object load(byte[] pickle) throws PickleException {
        Unpickler unpickler = new Unpickler(pickle);
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
            case 'G' -> stack.push(Double.longBitsToDouble(Long.reverseBytes(code.getLong())));
            case 'X' -> stack.push(text(code.getInt()));
            case 0x8c -> stack.push(text(Byte.toUnsignedInt(code.get())));
            case '}' -> stack.push(new LinkedHashMap<>());
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
            case 'Q' -> stack.push(PickleClasses.storage(pop()));
            case 'R' -> reduce();
            case 'b' -> build();
            case 's' -> setItems(tuple(2));
            case 'u' -> setItems(toMark());
            case 'a' -> append(List.of(pop()));
            case 'e' -> append(toMark());
            default ->
                throw new PickleException(
                        "its index has the instruction 0x%02x, which state dicts don't need".formatted(instruction));
        }
    }

    private static void requireProtocol(byte protocol) throws PickleException {
        if (protocol < 2 || protocol > 5) {
            throw new PickleException("its index is a pickle of protocol " + protocol + "; 2 to 5 are read");
        }
    }

    private Long longNumber(int bytes) throws PickleException {
        if (bytes > Long.BYTES) {
            throw new PickleException("its index has a number of " + bytes + " bytes");
        }
        long number = 0;
        for (int i = 0; i < bytes; i++) {
            number |= (long) Byte.toUnsignedInt(code.get()) << (8 * i);
        }
        int unused = Long.SIZE - 8 * bytes;
        return bytes == 0 ? 0 : number << unused >> unused;
    }

    private String text(int bytes) throws PickleException {
        if (bytes < 0 || bytes > code.remaining()) {
            throw new PickleException(
                    "its index has a text of " + bytes + " bytes where " + code.remaining() + " are left");
        }
        byte[] text = new byte[bytes];
        code.get(text);
        return new String(text, StandardCharsets.UTF_8);
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

    // Only a dictionary is given a state: the attributes of a state dict, such as _metadata, which nothing here needs.
    private void build() throws PickleException {
        pop();
        if (!(top() instanceof Map<?, ?>)) {
            throw new PickleException("its index gives a state to something that is not a dictionary");
        }
    }

    @SuppressWarnings("unchecked") // every map on the stack was made here
    private void setItems(List<Object> items) throws PickleException {
        if (!(top() instanceof Map<?, ?> map) || items.size() % 2 != 0) {
            throw new PickleException("its index puts items into something that is not a dictionary");
        }
        for (int i = 0; i < items.size(); i += 2) {
            if (!(items.get(i) instanceof String) && !(items.get(i) instanceof Long)) {
                throw new PickleException("its index has a dictionary key that is neither text nor a number");
            }
            ((Map<Object, Object>) map).put(items.get(i), items.get(i + 1));
        }
    }

    @SuppressWarnings("unchecked") // every list on the stack was made here
    private void append(List<Object> items) throws PickleException {
        if (!(top() instanceof List<?> list)) {
            throw new PickleException("its index appends to something that is not a list");
        }
        ((List<Object>) list).addAll(items);
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
