package org.efficientnet4j.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.efficientnet4j.core.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlockNotationTest {
    @Test
    void readsBothBlockKinds() {
        List<StageSpec> stages =
                BlockNotation.parse(24, List.of("r4_k3_s2_e4_i24_o48_c1", "r6_k5_s1_e6_i48_o128_se0.25"));
        assertEquals(List.of(new FusedMBConvStage(4, 3, 2, 4, 48, 0), new MBConvStage(6, 5, 1, 6, 128, 0.25)), stages);
    }

    @Test
    void writesWhatItReads() {
        List<String> blocks = List.of("r4_k3_s2_e4_i24_o48_c1", "r6_k5_s1_e6_i48_o128_se0.25", "r1_k3_s1_e1_i128_o8");
        assertEquals(blocks, BlockNotation.format(24, BlockNotation.parse(24, blocks)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "r4_k3_s2_e4_i24_o48_x1 | unknown key 'x'",
                "r4_k3_s2_e4_i24_o48_k5 | key 'k' stands twice",
                "r4_k3_s2_e4_i24 | key 'o' is missing",
                "r4_k3.5_s2_e4_i24_o48 | key 'k': must be a whole number, found '3.5'",
                "r4_k_s2_e4_i24_o48 | key 'k': must be a whole number, found ''",
                "r4_k3_s2_e4_i24_o99999999999 | key 'o': must be a whole number",
                "r4_k3_s2_e4_i24_o48_se1e9 | key 'se': must be a decimal number",
                "r4_k3_s2_e4_i24_o48_se2 | must lie in [0, 1]",
                "r4_k3_s2_e4_i16_o48 | key 'i': its input has 24 channels",
                "r4_k4_s2_e4_i24_o48 | kernel must be odd and positive, found 4",
                "r4_k3_s3_e4_i24_o48 | stride must be 1 or 2, found 3",
                "r0_k3_s2_e4_i24_o48 | repeats must be at least 1, found 0",
                "r4_k3_s2_e4_i24_o48_c2 | key 'c': must be 0 (MBConv) or 1 (Fused-MBConv), found 2",
                "r4_k3_s1_e1_i24_o24_c1_se0.25 | takes no squeeze-excite",
                "r4__k3_s2_e4_i24_o48 | found ''",
                "garbage | unknown key",
            })
    void namesTheBlockAndTheKeyAtFault(String block, String complaint) {
        InvalidInputException error =
                assertThrows(InvalidInputException.class, () -> BlockNotation.parse(24, List.of(block)));
        assertTrue(error.getMessage().contains(complaint), error.getMessage());
        assertTrue(error.getMessage().contains("'" + block + "'"), error.getMessage());
    }
}
