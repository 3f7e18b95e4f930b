package org.efficientnet4j.data.pipeline;

import java.util.SplittableRandom;
import org.efficientnet4j.data.Seeds;

/** The order in which an epoch visits the images. */
final class EpochOrder {
    /** First step of the path of the generator that shuffles; images use their index there, which is never negative. */
    private static final long SHUFFLE_STREAM = -1;

    private EpochOrder() {}

    /**
     * The images' indices: the source's order, or one drawn from the seed and the pass. An epoch is a pass, or the next so
     * many images of an endless row of passes.
     */
    static int[] of(int images, PipelineOptions options, int epoch) {
        int wanted = options.imagesPerEpoch();
        if (wanted == PipelineOptions.ALL) {
            return pass(images, options, epoch);
        }
        int[] order = new int[wanted];
        long first = (long) epoch * wanted;
        for (int filled = 0; filled < wanted; ) {
            long at = first + filled;
            int within = (int) (at % images);
            int taken = Math.min(images - within, wanted - filled);
            int[] pass = pass(images, options, Math.toIntExact(at / images));
            System.arraycopy(pass, within, order, filled, taken);
            filled += taken;
        }
        return order;
    }

    private static int[] pass(int images, PipelineOptions options, int epoch) {
        int[] order = new int[images];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        if (options.shuffle()) {
            shuffle(order, Seeds.generator(options.seed(), SHUFFLE_STREAM, epoch));
        }
        return order;
    }

    private static void shuffle(int[] order, SplittableRandom random) {
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
    }
}
