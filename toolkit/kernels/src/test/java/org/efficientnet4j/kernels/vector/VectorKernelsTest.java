package org.efficientnet4j.kernels.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.efficientnet4j.kernels.onednn.primitive.OneDnn;
import org.junit.jupiter.api.Test;

class VectorKernelsTest {
    @Test
    void refuseAProcessorWithoutFusedMultiplyAdd() {
        Optional<String> reason = new VectorKernels(() -> false).unavailableBecause();
        assertTrue(
                reason.orElse("").contains("must have a fused multiply-add (FMA3), found UseFMA off"),
                reason::toString);
        assertTrue(reason.orElse("").contains("'onednn'"), reason::toString);
    }

    @Test
    void runWhereOneDnnDoesWithFusedMultiplyAdd() {
        assertEquals(OneDnn.unavailableBecause(), new VectorKernels(() -> true).unavailableBecause());
    }
}
