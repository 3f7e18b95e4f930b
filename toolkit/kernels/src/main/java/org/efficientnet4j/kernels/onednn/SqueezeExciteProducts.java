package org.efficientnet4j.kernels.onednn;

import org.efficientnet4j.kernels.SqueezeExciteParameters;
import org.efficientnet4j.kernels.SqueezeExciteSettings;
import org.efficientnet4j.kernels.memory.Addresses;
import org.efficientnet4j.kernels.onednn.primitive.Elementwise;
import org.efficientnet4j.kernels.onednn.primitive.Layout;
import org.efficientnet4j.kernels.onednn.primitive.PostOperations;
import org.efficientnet4j.kernels.onednn.primitive.Primitive;
import org.efficientnet4j.kernels.onednn.primitive.Primitives;
import org.efficientnet4j.plan.Activation;

/** Squeeze-excite's two dense layers on the means of n images, c channels and r reduced ones, both passes. For one thread. */
final class SqueezeExciteProducts implements AutoCloseable {
    private final long reducedBytes;
    private final long gateBytes;
    private final Primitive reduce;
    private final Elementwise activation;
    private final Primitive expand;
    private final Primitive activatedGradient;
    private final Elementwise gateActivation;
    private final Primitive squeezedGradient;

    SqueezeExciteProducts(int n, SqueezeExciteSettings settings) {
        int c = settings.channels();
        int r = settings.reducedChannels();
        reducedBytes = 4L * n * r;
        gateBytes = 4L * n * c;
        try (Layout nc = Layout.matrix(n, c);
                Layout nr = Layout.matrix(n, r);
                Layout cr = Layout.matrix(c, r);
                Layout rc = Layout.matrix(r, c);
                Layout crFromRc = Layout.transposed(c, r);
                Layout rcFromCr = Layout.transposed(r, c);
                Layout biasC = Layout.matrix(1, c);
                Layout biasR = Layout.matrix(1, r)) {
            reduce = Primitives.productWithBias(nc, crFromRc, biasR, nr, PostOperations.NONE);
            activation = new Elementwise(settings.activation(), nr);
            gateActivation = new Elementwise(settings.gate(), nc);
            expand = Primitives.productWithBias(
                    nr,
                    rcFromCr,
                    biasC,
                    nc,
                    keepsExcited(settings) ? PostOperations.NONE : PostOperations.of(settings.gate()));
            activatedGradient = Primitives.product(nc, cr, nr);
            squeezedGradient = Primitives.product(nr, rc, nc);
        }
    }

    /** True where the gate's derivative needs the sums before the gate's activation: of all but a sigmoid. */
    static boolean keepsExcited(SqueezeExciteSettings settings) {
        return settings.gate() != Activation.SIGMOID;
    }

    /**
     * Squeezed [n, c] is given; reduced [n, r], activated [n, r] and gate [n, c] are written.
     *
     * @param excited the sums before the gate's activation [n, c], where they are kept; else the gate
     */
    void excite(
            SqueezeExciteParameters parameters, long squeezed, long reduced, long activated, long excited, long gate) {
        reduce.execute(
                squeezed, Addresses.of(parameters.reduceWeights()), Addresses.of(parameters.reduceBias()), reduced);
        Addresses.copy(reduced, activated, reducedBytes);
        activation.apply(activated);
        expand.execute(
                activated, Addresses.of(parameters.expandWeights()), Addresses.of(parameters.expandBias()), excited);
        if (excited != gate) {
            Addresses.copy(excited, gate, gateBytes);
            gateActivation.apply(gate);
        }
    }

    /** Turns the gradient by the gate [n, c] into that by the sums before its activation, in place. */
    void throughGate(long excited, long gradient) {
        gateActivation.gradient(excited, gradient, gradient);
    }

    /**
     * The gradients by reduced [n, r] and by squeezed [n, c].
     *
     * @param excitedGradient the gradient by the sums before the gate's activation [n, c]
     */
    void back(
            SqueezeExciteParameters parameters,
            long excitedGradient,
            long reduced,
            long reducedGradient,
            long squeezedGradientResult) {
        activatedGradient.execute(excitedGradient, Addresses.of(parameters.expandWeights()), reducedGradient);
        activation.gradient(reduced, reducedGradient, reducedGradient);
        squeezedGradient.execute(reducedGradient, Addresses.of(parameters.reduceWeights()), squeezedGradientResult);
    }

    @Override
    public void close() {
        reduce.close();
        activation.close();
        gateActivation.close();
        expand.close();
        activatedGradient.close();
        squeezedGradient.close();
    }
}
