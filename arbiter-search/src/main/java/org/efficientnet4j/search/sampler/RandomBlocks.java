package org.efficientnet4j.search.sampler;

import java.util.List;
import java.util.Random;
import org.efficientnet4j.search.space.BlockSpace;
import org.efficientnet4j.search.space.CostLimits;
import org.efficientnet4j.search.space.CostedBlocks;

/**
 * Draws networks evenly.
 *
 * <p>Source: EfficientNetV2 (arXiv 2104.00298) section 3.3 uses reinforcement learning or random search alike.
 */
public final class RandomBlocks extends BlockSampler {
    /** A sampler within limits. */
    public RandomBlocks(BlockSpace space, CostLimits limits, long seed) {
        super(space, limits, seed);
    }

    @Override
    CostedBlocks draw(List<Tried<CostedBlocks>> scored, Random random) {
        return space().random(random);
    }
}
