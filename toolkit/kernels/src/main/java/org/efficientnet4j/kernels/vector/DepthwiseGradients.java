package org.efficientnet4j.kernels.vector;

import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.kernels.onednn.loops.DepthwiseBackward;
import org.efficientnet4j.kernels.onednn.loops.NormActivation.RowGradient;
import org.efficientnet4j.kernels.threads.KernelThreads;

/**
 * Both gradients of a 3x3 or 5x5 depthwise convolution, each thread by whole images, a row of the output at a time: its
 * gradient is computed into rows that stay in the cache, and is used there for the weights' gradient and for all rows of
 * the input's gradient that it completes. It is never written as a whole array.
 */
final class DepthwiseGradients implements DepthwiseBackward {
    private final ConvolutionSettings settings;

    DepthwiseGradients(ConvolutionSettings settings) {
        this.settings = settings;
    }

    static boolean handles(ConvolutionSettings settings) {
        return settings.depthwise() && (settings.kernel() == 3 || settings.kernel() == 5);
    }

    @Override
    public void run(int images, int height, int width, RowGradient gradient, Arrays arrays) {
        KernelThreads threads = KernelThreads.shared();
        int shares = Math.min(threads.count(), images);
        DepthwiseTaps weights = DepthwiseTaps.read(settings, arrays.weights());
        DepthwiseTaps[] sums = new DepthwiseTaps[shares];
        threads.run(shares, share -> {
            sums[share] = new DepthwiseTaps(settings);
            DepthwiseImage image = new DepthwiseImage(settings, height, width, weights, sums[share]);
            int last = (int) ((long) images * (share + 1) / shares);
            for (int i = (int) ((long) images * share / shares); i < last; i++) {
                image.run(i, gradient, arrays.input(), arrays.inputGradient());
            }
        });
        for (int share = 1; share < shares; share++) {
            sums[0].add(sums[share]);
        }
        sums[0].write(arrays.weightGradient());
    }
}
