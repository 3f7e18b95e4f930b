package org.efficientnet4j.kernels.vector;

import java.util.List;
import org.efficientnet4j.kernels.memory.Addresses;
import org.efficientnet4j.kernels.vector.TileLoop.Operand;
import org.efficientnet4j.plan.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The pass from a convolution's output y to {@code f(scale y + shift)}, scale and shift by channel. */
final class AffineActivation {
    private AffineActivation() {}

    /** Writes the result, on all threads. */
    static void run(INDArray convolved, INDArray result, Activation activation, float[] scale, float[] shift) {
        int channels = scale.length;
        TileLoop loop = new TileLoop(1, convolved.length() / channels, channels);
        float[] scales = loop.repeated(scale, 0);
        float[] shifts = loop.repeated(shift, 0);
        ActivationLoop rows = ActivationLoop.of(activation);
        List<Operand> operands = List.of(Operand.in(Addresses.of(convolved)), Operand.out(Addresses.of(result)));
        loop.run(
                operands,
                (block, slot, windows, tiles, valid) ->
                        rows.forward(windows[0], windows[1], 0, tiles * scales.length * 4, scales, shifts));
    }
}
