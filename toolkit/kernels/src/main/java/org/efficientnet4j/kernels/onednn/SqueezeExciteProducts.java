package org.efficientnet4j.kernels.onednn;

import org.efficientnet4j.kernels.SqueezeExciteParameters;
import org.efficientnet4j.kernels.memory.Addresses;

/** What squeeze-excite does to the means of n images, c channels and r reduced ones, and back. One thread's. */
final class SqueezeExciteProducts implements AutoCloseable {
    private final Primitive reduce;
    private final Primitive swish;
    private final Primitive expand;
    private final Primitive activatedGradient;
    private final Primitive swishGradient;
    private final Primitive squeezedGradient;

    SqueezeExciteProducts(int n, int c, int r) {
        try (Layout nc = Layout.matrix(n, c);
                Layout nr = Layout.matrix(n, r);
                Layout cr = Layout.matrix(c, r);
                Layout rc = Layout.matrix(r, c);
                Layout crFromRc = Layout.transposed(c, r);
                Layout rcFromCr = Layout.transposed(r, c);
                Layout biasC = Layout.matrix(1, c);
                Layout biasR = Layout.matrix(1, r)) {
            reduce = Primitives.productWithBias(nc, crFromRc, biasR, nr, Primitives.PostOperation.NONE);
            swish = Primitives.swish(nr);
            expand = Primitives.productWithBias(nr, rcFromCr, biasC, nc, Primitives.PostOperation.SIGMOID);
            activatedGradient = Primitives.product(nc, cr, nr);
            swishGradient = Primitives.swishBackward(swish, nr);
            squeezedGradient = Primitives.product(nr, rc, nc);
        }
    }

    /** Squeezed [n, c] is given; reduced [n, r], activated [n, r] and gate [n, c] are written. */
    void excite(SqueezeExciteParameters parameters, long squeezed, long reduced, long activated, long gate) {
        reduce.execute(
                squeezed, Addresses.of(parameters.reduceWeights()), Addresses.of(parameters.reduceBias()), reduced);
        swish.execute(reduced, activated);
        expand.execute(
                activated, Addresses.of(parameters.expandWeights()), Addresses.of(parameters.expandBias()), gate);
    }

    /**
     * The gradients by reduced [n, r] and by squeezed [n, c].
     *
     * @param beforeSigmoid the gradient by what the gate is the sigmoid of [n, c]
     */
    void back(
            SqueezeExciteParameters parameters,
            long beforeSigmoid,
            long reduced,
            long reducedGradient,
            long squeezedGradientResult) {
        activatedGradient.execute(beforeSigmoid, Addresses.of(parameters.expandWeights()), reducedGradient);
        swishGradient.execute(reduced, reducedGradient, reducedGradient);
        squeezedGradient.execute(reducedGradient, Addresses.of(parameters.reduceWeights()), squeezedGradientResult);
    }

    @Override
    public void close() {
        reduce.close();
        swish.close();
        expand.close();
        activatedGradient.close();
        swishGradient.close();
        squeezedGradient.close();
    }
}
