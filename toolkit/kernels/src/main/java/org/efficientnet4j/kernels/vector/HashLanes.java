package org.efficientnet4j.kernels.vector;

import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** One step of {@link VectorHash}'s chains, compiled into the loop that calls it. */
final class HashLanes {
    static final VectorSpecies<Long> SPECIES = VectorSpecies.of(long.class, Lanes.SPECIES.vectorShape());
    private static final int SHIFT = 21;
    private static final int ROTATION = 29;

    private HashLanes() {}

    /** The state of a chain. */
    static LongVector chain(long[] state, int index) {
        return LongVector.fromArray(SPECIES, state, index * SPECIES.length());
    }

    /** A product by 2^21 + 1, which every processor has as a shift and a sum, and a rotation. */
    static LongVector step(LongVector chain, FloatWindow window, long at) {
        LongVector mixed = Lanes.load(window, at).reinterpretAsLongs().lanewise(VectorOperators.XOR, chain);
        LongVector product = mixed.lanewise(VectorOperators.LSHL, SHIFT).add(mixed);
        return product.lanewise(VectorOperators.LSHL, ROTATION)
                .lanewise(VectorOperators.OR, product.lanewise(VectorOperators.LSHR, Long.SIZE - ROTATION));
    }
}
