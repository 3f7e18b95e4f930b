package org.efficientnet4j.weights;

import java.nio.ByteBuffer;
import java.util.Optional;

/** The element types of tensor files, by safetensors' names; only those that hold real numbers can be read. */
public enum ElementType {
    /** IEEE 754, 64 bits. */
    F64(8) {
        @Override
        public void decode(ByteBuffer bytes, float[] values) {
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) bytes.getDouble();
            }
        }
    },
    /** IEEE 754, 32 bits. */
    F32(4) {
        @Override
        public void decode(ByteBuffer bytes, float[] values) {
            bytes.asFloatBuffer().get(values);
        }
    },
    /** IEEE 754, 16 bits. */
    F16(2) {
        @Override
        public void decode(ByteBuffer bytes, float[] values) {
            for (int i = 0; i < values.length; i++) {
                values[i] = HalfFloat.toFloat(bytes.getShort());
            }
        }
    },
    /** The upper half of an F32. */
    BF16(2) {
        @Override
        public void decode(ByteBuffer bytes, float[] values) {
            for (int i = 0; i < values.length; i++) {
                values[i] = Float.intBitsToFloat(bytes.getShort() << 16);
            }
        }
    },
    /** Signed, 64 bits. */
    I64(8),
    /** Unsigned, 64 bits. */
    U64(8),
    /** Signed, 32 bits. */
    I32(4),
    /** Unsigned, 32 bits. */
    U32(4),
    /** Signed, 16 bits. */
    I16(2),
    /** Unsigned, 16 bits. */
    U16(2),
    /** Signed, 8 bits. */
    I8(1),
    /** Unsigned, 8 bits. */
    U8(1),
    /** True or false. */
    BOOL(1),
    /** 8 bits, 4 of them the exponent. */
    F8_E4M3(1),
    /** 8 bits, 5 of them the exponent. */
    F8_E5M2(1);

    private final int bytes;

    ElementType(int bytes) {
        this.bytes = bytes;
    }

    /** A type by its name. */
    public static Optional<ElementType> named(String name) {
        for (ElementType type : values()) {
            if (type.name().equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** Bytes of an element. */
    public int bytes() {
        return bytes;
    }

    /** Returns whether elements are floating-point numbers that {@link #decode} reads. */
    public boolean isReal() {
        return this == F64 || this == F32 || this == F16 || this == BF16;
    }

    /** Reads little-endian elements, as many as there are values. */
    public void decode(ByteBuffer source, float[] values) {
        throw new IllegalStateException(name() + " elements can't be read as real numbers; ask isReal() first");
    }
}
