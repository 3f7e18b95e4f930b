package org.efficientnet4j.kernels.onednn.primitive;

import java.lang.ref.Reference;
import org.bytedeco.dnnl.const_dnnl_op_desc_t;
import org.bytedeco.dnnl.dnnl_batch_normalization_desc_t;
import org.bytedeco.dnnl.dnnl_binary_desc_t;
import org.bytedeco.dnnl.dnnl_eltwise_desc_t;
import org.bytedeco.dnnl.dnnl_matmul_desc_t;
import org.bytedeco.dnnl.dnnl_pooling_desc_t;
import org.bytedeco.dnnl.dnnl_post_ops;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Pointer;

/** Makes primitives other than convolutions. Each method's comment names the addresses to execute it with, in order. */
public final class Primitives {
    private static final int SCALE_AND_SHIFT = dnnl.dnnl_use_scale | dnnl.dnnl_use_shift;

    private Primitives() {}

    /** From, to. */
    public static Primitive reorder(Layout from, Layout to) {
        dnnl_primitive_desc result = new dnnl_primitive_desc();
        dnnl_primitive_attr attributes = attributes(PostOperations.NONE);
        OneDnnException.check(
                dnnl.dnnl_reorder_primitive_desc_create(
                        result, from.descriptor(), OneDnn.engine(), to.descriptor(), OneDnn.engine(), attributes),
                "a reorder");
        dnnl.dnnl_primitive_attr_destroy(attributes);
        return new Primitive(result, dnnl.DNNL_ARG_SRC, dnnl.DNNL_ARG_DST);
    }

    /** Left, right, bias {@code [1, n]}, result. */
    public static Primitive productWithBias(
            Layout left, Layout right, Layout bias, Layout result, PostOperations post) {
        try (dnnl_matmul_desc_t operation = new dnnl_matmul_desc_t()) {
            OneDnnException.check(
                    dnnl.dnnl_matmul_desc_init(
                            operation, left.descriptor(), right.descriptor(), bias.descriptor(), result.descriptor()),
                    "a matrix product");
            return new Primitive(
                    descriptor(operation, post, null),
                    dnnl.DNNL_ARG_SRC,
                    dnnl.DNNL_ARG_WEIGHTS,
                    dnnl.DNNL_ARG_BIAS,
                    dnnl.DNNL_ARG_DST);
        }
    }

    /** Left, right, result. */
    public static Primitive product(Layout left, Layout right, Layout result) {
        return product(left, right, result, PostOperations.NONE);
    }

    /** Left, right, result. */
    public static Primitive product(Layout left, Layout right, Layout result, PostOperations post) {
        try (dnnl_matmul_desc_t operation = new dnnl_matmul_desc_t()) {
            OneDnnException.check(
                    dnnl.dnnl_matmul_desc_init(
                            operation, left.descriptor(), right.descriptor(), null, result.descriptor()),
                    "a matrix product");
            return new Primitive(
                    descriptor(operation, post, null), dnnl.DNNL_ARG_SRC, dnnl.DNNL_ARG_WEIGHTS, dnnl.DNNL_ARG_DST);
        }
    }

    /** Source, result, gamma, beta, mean, variance; the last two are written unless {@code givenStatistics}. */
    public static Primitive batchNorm(Layout data, double epsilon, boolean givenStatistics) {
        try (dnnl_batch_normalization_desc_t operation = new dnnl_batch_normalization_desc_t()) {
            OneDnnException.check(
                    dnnl.dnnl_batch_normalization_forward_desc_init(
                            operation,
                            dnnl.dnnl_forward_training,
                            data.descriptor(),
                            (float) epsilon,
                            givenStatistics ? SCALE_AND_SHIFT | dnnl.dnnl_use_global_stats : SCALE_AND_SHIFT),
                    "a batch norm");
            return new Primitive(
                    descriptor(operation, PostOperations.NONE, null),
                    dnnl.DNNL_ARG_SRC,
                    dnnl.DNNL_ARG_DST,
                    dnnl.DNNL_ARG_SCALE,
                    dnnl.DNNL_ARG_SHIFT,
                    dnnl.DNNL_ARG_MEAN,
                    dnnl.DNNL_ARG_VARIANCE);
        }
    }

    /** Source, result's gradient, source's gradient, gamma, beta, mean, variance, gamma's and beta's gradients. */
    public static Primitive batchNormBackward(Primitive forward, Layout data, double epsilon) {
        try (dnnl_batch_normalization_desc_t operation = new dnnl_batch_normalization_desc_t()) {
            OneDnnException.check(
                    dnnl.dnnl_batch_normalization_backward_desc_init(
                            operation,
                            dnnl.dnnl_backward,
                            data.descriptor(),
                            data.descriptor(),
                            (float) epsilon,
                            SCALE_AND_SHIFT),
                    "a batch norm's gradient");
            return new Primitive(
                    descriptor(operation, PostOperations.NONE, forward),
                    dnnl.DNNL_ARG_SRC,
                    dnnl.DNNL_ARG_DIFF_DST,
                    dnnl.DNNL_ARG_DIFF_SRC,
                    dnnl.DNNL_ARG_SCALE,
                    dnnl.DNNL_ARG_SHIFT,
                    dnnl.DNNL_ARG_MEAN,
                    dnnl.DNNL_ARG_VARIANCE,
                    dnnl.DNNL_ARG_DIFF_SCALE,
                    dnnl.DNNL_ARG_DIFF_SHIFT);
        }
    }

    /** Source, result; may be the same. */
    public static Primitive elementwise(Elementwise.Step step, Layout data) {
        try (dnnl_eltwise_desc_t operation = new dnnl_eltwise_desc_t()) {
            OneDnnException.check(
                    dnnl.dnnl_eltwise_forward_desc_init(
                            operation,
                            dnnl.dnnl_forward_training,
                            step.algorithm(),
                            data.descriptor(),
                            step.alpha(),
                            step.beta()),
                    "an activation");
            return new Primitive(
                    descriptor(operation, PostOperations.NONE, null), dnnl.DNNL_ARG_SRC, dnnl.DNNL_ARG_DST);
        }
    }

    /** Source, result's gradient, source's gradient. */
    public static Primitive elementwiseBackward(Elementwise.Step step, Primitive forward, Layout data) {
        try (dnnl_eltwise_desc_t operation = new dnnl_eltwise_desc_t()) {
            OneDnnException.check(
                    dnnl.dnnl_eltwise_backward_desc_init(
                            operation,
                            step.algorithm(),
                            data.descriptor(),
                            data.descriptor(),
                            step.alpha(),
                            step.beta()),
                    "an activation's gradient");
            return new Primitive(
                    descriptor(operation, PostOperations.NONE, forward),
                    dnnl.DNNL_ARG_SRC,
                    dnnl.DNNL_ARG_DIFF_DST,
                    dnnl.DNNL_ARG_DIFF_SRC);
        }
    }

    /** Source, result {@code [n, c, 1, 1]}. */
    public static Primitive meanOverPixels(Layout source, Layout result, long height, long width) {
        long[] kernel = {height, width};
        long[] zeros = new long[2];
        try (dnnl_pooling_desc_t operation = new dnnl_pooling_desc_t()) {
            OneDnnException.check(
                    dnnl.dnnl_pooling_forward_desc_init(
                            operation,
                            dnnl.dnnl_forward_inference,
                            dnnl.dnnl_pooling_avg_exclude_padding,
                            source.descriptor(),
                            result.descriptor(),
                            kernel,
                            kernel,
                            zeros,
                            zeros),
                    "an average pooling");
            return new Primitive(
                    descriptor(operation, PostOperations.NONE, null), dnnl.DNNL_ARG_SRC, dnnl.DNNL_ARG_DST);
        }
    }

    /** Left, right, result (may be left). */
    public static Primitive sum(Layout left, Layout right) {
        return binary(dnnl.dnnl_binary_add, left, right);
    }

    /** Left, right, result (may be left). */
    public static Primitive elementwiseProduct(Layout left, Layout right) {
        return binary(dnnl.dnnl_binary_mul, left, right);
    }

    private static Primitive binary(int algorithm, Layout left, Layout right) {
        try (dnnl_binary_desc_t operation = new dnnl_binary_desc_t()) {
            OneDnnException.check(
                    dnnl.dnnl_binary_desc_init(
                            operation, algorithm, left.descriptor(), right.descriptor(), left.descriptor()),
                    "an elementwise operation");
            return new Primitive(
                    descriptor(operation, PostOperations.NONE, null),
                    dnnl.DNNL_ARG_SRC_0,
                    dnnl.DNNL_ARG_SRC_1,
                    dnnl.DNNL_ARG_DST);
        }
    }

    /** The descriptor of an operation with a scratchpad of ours. */
    public static dnnl_primitive_desc descriptor(Pointer operation, PostOperations post, Primitive forward) {
        dnnl_primitive_desc result = new dnnl_primitive_desc();
        dnnl_primitive_attr attributes = attributes(post);
        try {
            OneDnnException.check(
                    dnnl.dnnl_primitive_desc_create(
                            result,
                            new const_dnnl_op_desc_t(operation),
                            attributes,
                            OneDnn.engine(),
                            forward == null ? null : forward.descriptor()),
                    "an operation of these shapes");
        } finally {
            Reference.reachabilityFence(forward);
            dnnl.dnnl_primitive_attr_destroy(attributes);
        }
        return result;
    }

    private static dnnl_primitive_attr attributes(PostOperations post) {
        dnnl_primitive_attr result = new dnnl_primitive_attr();
        OneDnnException.check(dnnl.dnnl_primitive_attr_create(result), "attributes");
        OneDnnException.check(
                dnnl.dnnl_primitive_attr_set_scratchpad_mode(result, dnnl.dnnl_scratchpad_mode_user),
                "a scratchpad of ours");
        if (!post.equals(PostOperations.NONE)) {
            dnnl_post_ops operations = new dnnl_post_ops();
            OneDnnException.check(dnnl.dnnl_post_ops_create(operations), "post-operations");
            post.appendTo(operations);
            OneDnnException.check(
                    dnnl.dnnl_primitive_attr_set_post_ops(result, operations), "attributes with post-operations");
            dnnl.dnnl_post_ops_destroy(operations);
        }
        return result;
    }
}
