package org.efficientnet4j.kernels.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class NativeArenaTest {
    private static final int LARGE = 9 << 20;

    @Test
    void blocksAreAlignedAndDoNotOverlap() {
        try (NativeArena arena = new NativeArena()) {
            List<Integer> sizes = List.of(1, 63, 64, 65, 7 << 20, LARGE, 100, 2 << 20);
            List<Long> blocks = new ArrayList<>();
            for (int i = 0; i < sizes.size(); i++) {
                long block = arena.allocate(sizes.get(i));
                assertEquals(0, block % 64);
                fill(block, sizes.get(i), (byte) (i + 1));
                blocks.add(block);
            }
            for (int i = 0; i < sizes.size(); i++) {
                assertEquals(i + 1, Addresses.bytes(blocks.get(i), sizes.get(i)).get(0));
                assertEquals(i + 1, Addresses.bytes(blocks.get(i), sizes.get(i)).get(sizes.get(i) - 1));
            }
            assertTrue(blocks.get(1) - blocks.get(0) == 64, "small blocks lie side by side");
        }
    }

    private static void fill(long block, int size, byte value) {
        byte[] values = new byte[size];
        Arrays.fill(values, value);
        Addresses.bytes(block, size).put(values);
    }
}
