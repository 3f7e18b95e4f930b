package org.efficientnet4j.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class NumbersTest {
    @Test
    void groupsDigitsAndAgreesWithTheNoun() {
        assertEquals("1,234,567", Numbers.grouped(1_234_567));
        assertEquals("1 tensor", Numbers.counted(1, "tensor"));
        assertEquals("0 tensors", Numbers.counted(0, "tensor"));
        assertEquals("12,000 tensors", Numbers.counted(12_000, "tensor"));
    }
}
