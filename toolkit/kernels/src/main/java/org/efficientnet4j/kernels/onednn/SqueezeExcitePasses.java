package org.efficientnet4j.kernels.onednn;

import java.util.ArrayList;
import java.util.List;
import org.efficientnet4j.kernels.SqueezeExciteParameters;
import org.efficientnet4j.kernels.SqueezeExciteSettings;
import org.efficientnet4j.kernels.memory.Addresses;
import org.efficientnet4j.kernels.onednn.primitive.Band;
import org.efficientnet4j.kernels.onednn.primitive.Workers;

/**
 * Squeeze-excite for so many images by several threads: each takes some of the images there and back, and then some of the
 * channels for the parameters' gradients.
 */
final class SqueezeExcitePasses implements AutoCloseable {
    private static final int LANES = 16;

    private final int images;
    private final List<SqueezeExciteProducts> shares = new ArrayList<>();
    private final List<SqueezeExciteGradients> gradients = new ArrayList<>();

    /** Fewer images than threads are one share, whose loops over pixels all threads take part in. */
    SqueezeExcitePasses(int images, SqueezeExciteSettings settings, int threads) {
        int channels = settings.channels();
        int width = settings.reducedChannels();
        this.images = images;
        int count = images < threads ? 1 : threads;
        for (int share = 0; share < count; share++) {
            int own = Band.share(images, share + 1, count) - Band.share(images, share, count);
            shares.add(new SqueezeExciteProducts(own, settings));
        }
        int blocks = (channels + LANES - 1) / LANES;
        int parts = Math.min(threads, blocks);
        for (int part = 0; part < parts; part++) {
            int first = Band.share(blocks, part, parts) * LANES;
            int end = Math.min(channels, Band.share(blocks, part + 1, parts) * LANES);
            gradients.add(new SqueezeExciteGradients(images, channels, width, first, end - first));
        }
    }

    int shares() {
        return shares.size();
    }

    SqueezeExciteProducts share(int share) {
        return shares.get(share);
    }

    int firstImage(int share) {
        return Band.share(images, share, shares.size());
    }

    int images(int share) {
        return firstImage(share + 1) - firstImage(share);
    }

    /**
     * Writes the gradients by the parameters, shared out by channels. Addresses are of what lies between the means and the
     * gates: {@code [N, R]} for the reduced, {@code [N, C]} for the others.
     *
     * @param squeezed the means
     * @param activated the reduced after their activation
     * @param expandGradient the gradient by the gates before their activation
     * @param reducedGradient the gradient by the reduced before their activation
     */
    void writeGradients(
            Workers workers,
            long squeezed,
            long activated,
            long expandGradient,
            long reducedGradient,
            SqueezeExciteParameters results) {
        workers.run(gradients.size(), index -> {
            SqueezeExciteGradients part = gradients.get(index);
            part.expand(
                    expandGradient,
                    activated,
                    Addresses.of(results.expandWeights()),
                    Addresses.of(results.expandBias()));
            part.reduce(reducedGradient, squeezed, Addresses.of(results.reduceWeights()));
            if (index == 0) {
                part.reduceBias(reducedGradient, Addresses.of(results.reduceBias()));
            }
        });
    }

    @Override
    public void close() {
        shares.forEach(SqueezeExciteProducts::close);
        gradients.forEach(SqueezeExciteGradients::close);
    }
}
