package org.efficientnet4j.kernels.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.efficientnet4j.kernels.memory.Addresses;
import org.efficientnet4j.kernels.memory.NativeMemory;
import org.efficientnet4j.kernels.onednn.PlainWinograd;
import org.efficientnet4j.kernels.onednn.loops.WinogradLoops;
import org.efficientnet4j.kernels.onednn.loops.WinogradLoops.Operands;
import org.efficientnet4j.kernels.onednn.loops.WinogradLoops.Transform;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VectorWinogradTest {
    private static final int COUNT = 3;

    /** Often enough for the JIT compiler to have a say. */
    private static final int CALLS = 20_000;

    @ParameterizedTest
    @EnumSource(Transform.class)
    void equalsTheProductsByThePapersMatrices(Transform transform) {
        WinogradLoops vectors = new VectorWinograd();
        int floats = 3 * vectors.lanes();
        float[] values = new float[COUNT * transform.operands() * floats];
        Random random = new Random(3);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        float[] expected = transformed(new PlainWinograd(), transform, values, floats, 1);
        for (int calls : new int[] {1, CALLS}) {
            float[] actual = transformed(vectors, transform, values, floats, calls);
            for (int i = 0; i < expected.length; i++) {
                assertEquals(expected[i], actual[i], 1e-5, "value " + i);
            }
        }
    }

    private static float[] transformed(
            WinogradLoops loops, Transform transform, float[] values, int floats, int calls) {
        long bytes = 4L * floats;
        float[] results = new float[COUNT * transform.results() * floats];
        NativeMemory from = new NativeMemory(4L * values.length);
        NativeMemory to = new NativeMemory(4L * results.length);
        Addresses.floats(from.address(), values.length).put(values);
        for (int i = 0; i < calls; i++) {
            loops.run(
                    transform,
                    new Operands(from.address(), bytes, transform.operands() * bytes),
                    new Operands(to.address(), bytes, transform.results() * bytes),
                    floats,
                    COUNT);
        }
        Addresses.floats(to.address(), results.length).get(results);
        from.close();
        to.close();
        return results;
    }
}
