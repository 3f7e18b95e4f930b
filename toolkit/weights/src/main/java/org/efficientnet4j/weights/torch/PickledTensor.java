package org.efficientnet4j.weights.torch;

import java.util.List;
import org.efficientnet4j.weights.ElementType;

/**
 * A view of a storage.
 *
 * @param storage where its elements lie
 * @param offset of the first, in elements
 * @param shape sizes, outermost first
 * @param strides in elements
 */
record PickledTensor(Storage storage, long offset, List<Long> shape, List<Long> strides) {
    /**
     * A block of elements in an entry of its own.
     *
     * @param type of the elements
     * @param key the entry's name below {@code data/}
     * @param elements how many
     */
    record Storage(ElementType type, String key, long elements) {}

    /** @throws PickleException unless every element lies in the storage, and there are no more than it has */
    static PickledTensor checked(Storage storage, long offset, List<Long> shape, List<Long> strides)
            throws PickleException {
        if (shape.size() != strides.size() || offset < 0) {
            throw new PickleException("a tensor of shape " + shape + " has the strides " + strides + " from " + offset);
        }
        try {
            long elements = 1;
            long last = offset;
            for (int i = 0; i < shape.size(); i++) {
                long size = shape.get(i);
                if (size < 0 || strides.get(i) < 0) {
                    throw new PickleException("a tensor has the shape " + shape + " and the strides " + strides);
                }
                elements = Math.multiplyExact(elements, size);
                last = Math.addExact(last, Math.multiplyExact(Math.max(0, size - 1), strides.get(i)));
            }
            if (elements > storage.elements() || (elements > 0 && last >= storage.elements())) {
                throw new PickleException("a tensor of shape " + shape + " with strides " + strides + " from " + offset
                        + " leaves its storage of " + storage.elements());
            }
        } catch (ArithmeticException e) {
            throw new PickleException("a tensor of shape " + shape + " is larger than any file");
        }
        return new PickledTensor(storage, offset, List.copyOf(shape), List.copyOf(strides));
    }

    /** The elements in c order, taken from the storage's. */
    float[] gather(float[] stored) {
        int count = Math.toIntExact(shape.stream().reduce(1L, Math::multiplyExact));
        float[] values = new float[count];
        long[] at = new long[shape.size()];
        for (int i = 0; i < count; i++) {
            long place = offset;
            for (int d = 0; d < at.length; d++) {
                place += at[d] * strides.get(d);
            }
            values[i] = stored[Math.toIntExact(place)];
            advance(at);
        }
        return values;
    }

    private void advance(long[] at) {
        for (int d = at.length - 1; d >= 0; d--) {
            at[d]++;
            if (at[d] < shape.get(d)) {
                return;
            }
            at[d] = 0;
        }
    }
}
