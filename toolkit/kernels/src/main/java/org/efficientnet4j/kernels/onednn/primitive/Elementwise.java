package org.efficientnet4j.kernels.onednn.primitive;

import java.util.List;
import org.bytedeco.dnnl.global.dnnl;
import org.efficientnet4j.plan.Activation;

/** An activation function and its gradient by oneDNN's elementwise operations, for values of one shape. */
public final class Elementwise implements AutoCloseable {
    private static final float SIX = 6;
    private static final float HALF = 3;

    private final List<Primitive> forward;
    private final List<Primitive> backward;

    public Elementwise(Activation activation, Layout data) {
        forward = steps(activation).stream()
                .map(step -> Primitives.elementwise(step, data))
                .toList();
        backward = steps(activation).stream()
                .map(step -> {
                    try (Primitive hint = Primitives.elementwise(step, data)) {
                        return Primitives.elementwiseBackward(step, hint, data);
                    }
                })
                .toList();
    }

    /**
     * One of oneDNN's operations.
     *
     * @param algorithm oneDNN's number
     * @param alpha its first parameter
     * @param beta its second
     */
    public record Step(int algorithm, float alpha, float beta) {}

    /** The operations that make up a function, in their order; only the first is not linear. */
    public static List<Step> steps(Activation activation) {
        return switch (activation) {
            case NONE -> List.of();
            case SWISH -> List.of(new Step(dnnl.dnnl_eltwise_swish, 1, 0));
            case RELU -> List.of(new Step(dnnl.dnnl_eltwise_relu, 0, 0));
            case RELU6 -> List.of(new Step(dnnl.dnnl_eltwise_clip_v2, 0, SIX));
            case HARD_SWISH -> List.of(new Step(dnnl.dnnl_eltwise_hardswish, 0, 0));
            case SIGMOID -> List.of(new Step(dnnl.dnnl_eltwise_logistic, 0, 0));
            case HARD_SIGMOID ->
                List.of(
                        new Step(dnnl.dnnl_eltwise_clip_v2, -HALF, HALF),
                        new Step(dnnl.dnnl_eltwise_linear, 1 / SIX, HALF / SIX));
        };
    }

    /** Overwrites x with the function's values. */
    public void apply(long x) {
        forward.forEach(step -> step.execute(x, x));
    }

    /**
     * Writes the gradient by x.
     *
     * @param gradient by the function's value; overwritten where the function has several steps
     * @param result may be x or the gradient
     * @return where the gradient lies: the result, or the given gradient where no function follows
     */
    public long gradient(long x, long gradient, long result) {
        long from = gradient;
        for (int step = backward.size() - 1; step >= 0; step--) {
            long to = step == 0 ? result : gradient;
            backward.get(step).execute(x, from, to);
            from = to;
        }
        return from;
    }

    @Override
    public void close() {
        forward.forEach(Primitive::close);
        backward.forEach(Primitive::close);
    }
}
