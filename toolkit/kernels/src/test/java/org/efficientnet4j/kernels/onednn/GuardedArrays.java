package org.efficientnet4j.kernels.onednn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.efficientnet4j.kernels.memory.ThreadScratch;
import org.efficientnet4j.kernels.memory.ThreadScratch.Purpose;

/** One case's arrays, and the calling thread's scratch memory, each in guarded memory of its own. */
final class GuardedArrays {
    private static final int FLOATS = 1 << 18;

    private final List<GuardedMemory> memories = new ArrayList<>();
    private final Map<Purpose, GuardedMemory> scratch = new EnumMap<>(Purpose.class);
    private final List<Array> arrays = new ArrayList<>();

    GuardedArrays() {
        ThreadScratch.takeFrom((purpose, bytes) -> {
            int floats = Math.toIntExact((bytes + 3) / 4);
            return scratch.compute(purpose, (any, memory) -> fitting(memory, floats))
                    .place(floats);
        });
    }

    private static GuardedMemory fitting(GuardedMemory memory, int floats) {
        return memory == null || memory.capacity() < floats ? new GuardedMemory(Math.max(floats, FLOATS)) : memory;
    }

    /** An array of a case. */
    static final class Array {
        private final GuardedMemory memory;
        private final long address;
        /** The content that nothing may write to, else null. */
        private final float[] constant;

        private Array(GuardedMemory memory, long address, float[] constant) {
            this.memory = memory;
            this.address = address;
            this.constant = constant;
        }

        long address() {
            return address;
        }

        float[] read() {
            return memory.read();
        }
    }

    /** An array that may only be read. */
    long input(float... values) {
        GuardedMemory memory = next(values.length);
        return add(new Array(memory, memory.place(values), values.clone())).address();
    }

    /** An array of NaN to be written to. */
    Array output(int floats) {
        GuardedMemory memory = next(floats);
        return add(new Array(memory, memory.place(floats), null));
    }

    /** An array to be changed. */
    Array inOut(float... values) {
        GuardedMemory memory = next(values.length);
        return add(new Array(memory, memory.place(values), null));
    }

    private GuardedMemory next(int floats) {
        int index = arrays.size();
        if (memories.size() == index) {
            memories.add(null);
        }
        memories.set(index, fitting(memories.get(index), floats));
        return memories.get(index);
    }

    private Array add(Array array) {
        arrays.add(array);
        return array;
    }

    /** Ends a case: what may not have been written must be as it was. */
    void release() {
        List<Array> used = List.copyOf(arrays);
        arrays.clear();
        for (Array array : used) {
            check(array.memory.isFrontUntouched(), "wrote in front of an array");
            check(
                    array.constant == null || Arrays.equals(array.constant, array.read()),
                    "wrote to an array that it may only read");
        }
        scratch.forEach((purpose, memory) ->
                check(memory.isFrontUntouched(), "wrote in front of scratch memory (" + purpose + ")"));
    }

    private static void check(boolean holds, String fault) {
        if (!holds) {
            throw new AssertionError(fault);
        }
    }
}
