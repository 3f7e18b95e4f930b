package org.efficientnet4j.kernels.onednn;

import org.efficientnet4j.kernels.onednn.Primitives.PostOperation;

/**
 * Squeeze-excite's six matrix products for n images, c channels and r reduced ones; addresses as the comments name them.
 */
final class SqueezeExciteProducts implements AutoCloseable {
    /** Squeezed [n, c], reduce weights [r, c], bias [1, r], result [n, r]. */
    final Primitive reduce;

    /** Activated [n, r], expand weights [c, r], bias [1, c], gate [n, c]. */
    final Primitive expand;

    /** Gate gradient [n, c], activated [n, r], result [c, r]. */
    final Primitive expandGradient;

    /** Gate gradient [n, c], expand weights [c, r], result [n, r]. */
    final Primitive activatedGradient;

    /** Reduced gradient [n, r], squeezed [n, c], result [r, c]. */
    final Primitive reduceGradient;

    /** Reduced gradient [n, r], reduce weights [r, c], result [n, c]. */
    final Primitive squeezedGradient;

    SqueezeExciteProducts(int n, int c, int r) {
        try (Layout nc = Layout.matrix(n, c);
                Layout nr = Layout.matrix(n, r);
                Layout cr = Layout.matrix(c, r);
                Layout rc = Layout.matrix(r, c);
                Layout crFromRc = Layout.transposed(c, r);
                Layout rcFromCr = Layout.transposed(r, c);
                Layout cnFromNc = Layout.transposed(c, n);
                Layout rnFromNr = Layout.transposed(r, n);
                Layout biasC = Layout.matrix(1, c);
                Layout biasR = Layout.matrix(1, r)) {
            reduce = Primitives.productWithBias(nc, crFromRc, biasR, nr, PostOperation.NONE);
            expand = Primitives.productWithBias(nr, rcFromCr, biasC, nc, PostOperation.SIGMOID);
            expandGradient = Primitives.product(cnFromNc, nr, cr);
            activatedGradient = Primitives.product(nc, cr, nr);
            reduceGradient = Primitives.product(rnFromNr, nc, rc);
            squeezedGradient = Primitives.product(nr, rc, nc);
        }
    }

    @Override
    public void close() {
        reduce.close();
        expand.close();
        expandGradient.close();
        activatedGradient.close();
        reduceGradient.close();
        squeezedGradient.close();
    }
}
