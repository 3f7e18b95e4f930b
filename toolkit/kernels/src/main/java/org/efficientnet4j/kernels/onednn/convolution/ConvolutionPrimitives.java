package org.efficientnet4j.kernels.onednn.convolution;

import org.bytedeco.dnnl.dnnl_convolution_desc_t;
import org.bytedeco.dnnl.global.dnnl;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.kernels.onednn.primitive.Band;
import org.efficientnet4j.kernels.onednn.primitive.ImageShape;
import org.efficientnet4j.kernels.onednn.primitive.Layout;
import org.efficientnet4j.kernels.onednn.primitive.OneDnnException;
import org.efficientnet4j.kernels.onednn.primitive.PostOperations;
import org.efficientnet4j.kernels.onednn.primitive.Primitive;
import org.efficientnet4j.kernels.onednn.primitive.Primitives;

/**
 * Makes the four convolution primitives of one band. Those of a pointwise convolution with a stride take the pixels it
 * reads alone ({@link StridedPixels}) and have stride 1.
 */
public final class ConvolutionPrimitives implements AutoCloseable {
    private final ConvolutionSettings settings;
    private final Layout input;
    private final Layout output;
    private final long[] strides;
    private final long[] padBefore;
    private final long[] padAfter;

    ConvolutionPrimitives(ConvolutionSettings settings, ImageShape shape, Band band) {
        this.settings = settings;
        boolean gathered = StridedPixels.areReadBy(settings);
        int outputWidth = settings.outputSize(shape.width());
        int stride = gathered ? 1 : settings.stride();
        int inputRows = gathered ? band.outputRows() : band.inputRows();
        int inputWidth = gathered ? outputWidth : shape.width();
        int left = settings.padding().before(inputWidth, settings.kernel(), stride);
        int right = Math.max((outputWidth - 1) * stride + settings.kernel() - left - inputWidth, 0);
        input = Layout.nhwc(band.images(), settings.inChannels(), inputRows, inputWidth);
        output = Layout.nhwc(band.images(), settings.outChannels(), band.outputRows(), outputWidth);
        strides = new long[] {stride, stride};
        padBefore = new long[] {band.padTop(), left};
        padAfter = new long[] {band.padBottom(), right};
    }

    /** The weights as DL4J keeps them. */
    public static Layout storedWeights(ConvolutionSettings settings) {
        return weights(settings, settings.groups() > 1 ? dnnl.dnnl_goihw : dnnl.dnnl_oihw);
    }

    /** Weights in the layout the primitive likes best. */
    public static Layout anyWeights(ConvolutionSettings settings) {
        return weights(settings, dnnl.dnnl_format_tag_any);
    }

    /** Input, weights, output. */
    Primitive forward(Layout weights) {
        return forward(weights, null, dnnl.dnnl_forward_training, PostOperations.NONE);
    }

    /** Input, weights, output, bias. */
    Primitive infer(Layout weights) {
        return infer(weights, PostOperations.of(settings.activation()));
    }

    /** Input, weights, output, bias. */
    Primitive infer(Layout weights, PostOperations post) {
        try (Layout bias = Layout.vector(settings.outChannels())) {
            return forward(weights, bias, dnnl.dnnl_forward_inference, post);
        }
    }

    private Primitive forward(Layout weights, Layout bias, int kind, PostOperations post) {
        try (dnnl_convolution_desc_t operation = new dnnl_convolution_desc_t()) {
            OneDnnException.check(
                    dnnl.dnnl_convolution_forward_desc_init(
                            operation,
                            kind,
                            dnnl.dnnl_convolution_direct,
                            input.descriptor(),
                            weights.descriptor(),
                            bias == null ? null : bias.descriptor(),
                            output.descriptor(),
                            strides,
                            padBefore,
                            padAfter),
                    "a convolution");
            var descriptor = Primitives.descriptor(operation, post, null);
            return bias == null
                    ? new Primitive(descriptor, dnnl.DNNL_ARG_SRC, dnnl.DNNL_ARG_WEIGHTS, dnnl.DNNL_ARG_DST)
                    : new Primitive(
                            descriptor,
                            dnnl.DNNL_ARG_SRC,
                            dnnl.DNNL_ARG_WEIGHTS,
                            dnnl.DNNL_ARG_DST,
                            dnnl.DNNL_ARG_BIAS);
        }
    }

    /** Output's gradient, weights, input's gradient. */
    Primitive backwardData(Primitive forward, Layout weights) {
        try (dnnl_convolution_desc_t operation = new dnnl_convolution_desc_t()) {
            OneDnnException.check(
                    dnnl.dnnl_convolution_backward_data_desc_init(
                            operation,
                            dnnl.dnnl_convolution_direct,
                            input.descriptor(),
                            weights.descriptor(),
                            output.descriptor(),
                            strides,
                            padBefore,
                            padAfter),
                    "a convolution's input gradient");
            return new Primitive(
                    Primitives.descriptor(operation, PostOperations.NONE, forward),
                    dnnl.DNNL_ARG_DIFF_DST,
                    dnnl.DNNL_ARG_WEIGHTS,
                    dnnl.DNNL_ARG_DIFF_SRC);
        }
    }

    /** Input, output's gradient, weights' gradient. */
    Primitive backwardWeights(Primitive forward, Layout weights) {
        try (dnnl_convolution_desc_t operation = new dnnl_convolution_desc_t()) {
            OneDnnException.check(
                    dnnl.dnnl_convolution_backward_weights_desc_init(
                            operation,
                            dnnl.dnnl_convolution_direct,
                            input.descriptor(),
                            weights.descriptor(),
                            null,
                            output.descriptor(),
                            strides,
                            padBefore,
                            padAfter),
                    "a convolution's weight gradient");
            return new Primitive(
                    Primitives.descriptor(operation, PostOperations.NONE, forward),
                    dnnl.DNNL_ARG_SRC,
                    dnnl.DNNL_ARG_DIFF_DST,
                    dnnl.DNNL_ARG_DIFF_WEIGHTS);
        }
    }

    private static Layout weights(ConvolutionSettings s, int tag) {
        return s.groups() > 1
                ? Layout.of(tag, s.groups(), s.outChannels() / s.groups(), s.filterChannels(), s.kernel(), s.kernel())
                : Layout.of(tag, s.outChannels(), s.inChannels(), s.kernel(), s.kernel());
    }

    @Override
    public void close() {
        input.close();
        output.close();
    }
}
