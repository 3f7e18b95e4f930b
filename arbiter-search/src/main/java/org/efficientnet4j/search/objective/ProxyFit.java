package org.efficientnet4j.search.objective;

import java.io.Serializable;
import org.efficientnet4j.core.InvalidInputException;

/**
 * How the stand-in of a trial's network gets its shape.
 *
 * @param sizing how its image size and channels follow from the trial's
 * @param stride the stand-in's total stride, for pictures too small for the network's own: strides of the first stages
 *     become 1 until it is reached; 0 for the network's own
 */
public record ProxyFit(Sizing sizing, int stride) implements Serializable {
    /** The shape of studies before fits were kept: size and width multiplied, the network's own stride. */
    public static final ProxyFit PROPORTIONAL = new ProxyFit(Sizing.proportional, 0);
    /** Multiply-accumulates in the whole networks' ratio, the network's own stride. */
    public static final ProxyFit MATCHED = new ProxyFit(Sizing.matched, 0);

    /** A way to size a stand-in; the names are the command line's. */
    public enum Sizing {
        /**
         * The resolution multiplies the proxy's size, the proxy's width the whole network's channel multiplier. Rounding
         * to whole pixels of small feature maps and to multiples of 8 few channels then changes the networks' order of
         * cost.
         */
        proportional,
        /**
         * The whole network's rounded channels times the proxy's width; then image size and channels are moved by as
         * little as makes the stand-in cost as many times the base's stand-in as the whole network costs of the base.
         */
        matched
    }

    /** @throws InvalidInputException for a stride that is neither 0 nor a power of 2 */
    public ProxyFit {
        if (sizing == null) {
            throw new InvalidInputException("A proxy's fit must have a sizing, found none");
        }
        if (stride != 0 && (stride < 2 || Integer.bitCount(stride) != 1)) {
            throw new InvalidInputException(
                    "The proxy's stride must be 0 for the network's own or a power of 2 from 2 on, found " + stride);
        }
    }
}
