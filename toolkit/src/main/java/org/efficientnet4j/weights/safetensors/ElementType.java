package org.efficientnet4j.weights.safetensors;

import java.nio.ByteBuffer;
import java.util.Optional;

/** The element types of the format; only those that hold real numbers can be read. */
enum ElementType {
    F64(8) {
        @Override
        void decode(ByteBuffer bytes, float[] values) {
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) bytes.getDouble();
            }
        }
    },
    F32(4) {
        @Override
        void decode(ByteBuffer bytes, float[] values) {
            bytes.asFloatBuffer().get(values);
        }
    },
    F16(2) {
        @Override
        void decode(ByteBuffer bytes, float[] values) {
            for (int i = 0; i < values.length; i++) {
                values[i] = HalfFloat.toFloat(bytes.getShort());
            }
        }
    },
    BF16(2) {
        @Override
        void decode(ByteBuffer bytes, float[] values) {
            for (int i = 0; i < values.length; i++) {
                values[i] = Float.intBitsToFloat(bytes.getShort() << 16);
            }
        }
    },
    I64(8),
    U64(8),
    I32(4),
    U32(4),
    I16(2),
    U16(2),
    I8(1),
    U8(1),
    BOOL(1),
    F8_E4M3(1),
    F8_E5M2(1);

    private final int bytes;

    ElementType(int bytes) {
        this.bytes = bytes;
    }

    static Optional<ElementType> named(String name) {
        for (ElementType type : values()) {
            if (type.name().equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    int bytes() {
        return bytes;
    }

    boolean isReal() {
        return this == F64 || this == F32 || this == F16 || this == BF16;
    }

    /** Reads little-endian elements, as many as there are values. */
    void decode(ByteBuffer source, float[] values) {
        throw new IllegalStateException(name() + " elements can't be read as real numbers; ask isReal() first");
    }
}
