package org.efficientnet4j.kernels.onednn.primitive;

import org.bytedeco.dnnl.dnnl_post_ops;
import org.bytedeco.dnnl.global.dnnl;
import org.efficientnet4j.plan.Activation;

/**
 * Operations on a result while it is in registers.
 *
 * @param sum whether it is added to the values that lie at its destination
 * @param activation of the result, or of the sum
 */
public record PostOperations(boolean sum, Activation activation) {
    public static final PostOperations NONE = of(Activation.NONE);

    /** An activation alone. */
    public static PostOperations of(Activation activation) {
        return new PostOperations(false, activation);
    }

    /** The sum with the destination's values, and its activation. */
    public static PostOperations sum(Activation activation) {
        return new PostOperations(true, activation);
    }

    /** Appends the operations to oneDNN's list. */
    void appendTo(dnnl_post_ops operations) {
        if (sum) {
            OneDnnException.check(dnnl.dnnl_post_ops_append_sum(operations, 1f), "a sum as post-operation");
        }
        for (Elementwise.Step step : Elementwise.steps(activation)) {
            OneDnnException.check(
                    dnnl.dnnl_post_ops_append_eltwise(operations, 1f, step.algorithm(), step.alpha(), step.beta()),
                    "an activation as post-operation");
        }
    }
}
