package org.efficientnet4j.weights.keras;

import io.jhdf.api.Dataset;
import io.jhdf.dataset.DatasetBase;
import io.jhdf.exceptions.HdfException;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import io.jhdf.object.message.DataLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.efficientnet4j.weights.ElementType;

/** One data set of an HDF5 file, held against the file's size before anything of it is read. */
final class HdfTensor {
    private final Dataset dataset;
    private final List<Long> shape;
    private final long elements;

    /** @throws HdfException if it would not fit into the file */
    HdfTensor(Dataset dataset, long fileBytes) {
        this.dataset = dataset;
        this.shape = Arrays.stream(dataset.getDimensionsAsLong()).boxed().toList();
        long product = 1;
        for (long size : shape) {
            product = size < 0 ? Long.MAX_VALUE : saturated(product, size);
        }
        this.elements = product;
        if (saturated(elements, dataset.getDataType().getSize()) > fileBytes) {
            throw new HdfException("data set " + dataset.getPath() + " of shape " + shape + " is larger than the file");
        }
    }

    private static long saturated(long a, long b) {
        return b != 0 && a > Long.MAX_VALUE / b ? Long.MAX_VALUE : a * b;
    }

    List<Long> shape() {
        return shape;
    }

    /** The element type by safetensors' names, or by the HDF5 library's where there is none. */
    String type() {
        return real().map(ElementType::name).orElseGet(this::otherType);
    }

    private Optional<ElementType> real() {
        if (!(dataset.getDataType() instanceof FloatingPoint type)) {
            return Optional.empty();
        }
        return switch (type.getSize() * 10_000 + type.getExponentSize() * 100 + type.getMantissaSize()) {
            case 8_11_52 -> Optional.of(ElementType.F64);
            case 4_08_23 -> Optional.of(ElementType.F32);
            case 2_05_10 -> Optional.of(ElementType.F16);
            default -> Optional.empty();
        };
    }

    private String otherType() {
        DataType type = dataset.getDataType();
        return type instanceof FixedPoint whole
                ? (whole.isSigned() ? "I" : "U") + Byte.SIZE * whole.getSize()
                : type.getClass().getSimpleName();
    }

    /** The values in c order. */
    float[] read() {
        ElementType type = real().orElseThrow(() -> new HdfException(
                "it holds " + type() + "; weights must be IEEE floating-point numbers of 16, 32 or 64 bits"));
        if (dataset.getDataLayout() == DataLayout.CHUNKED || !(dataset instanceof DatasetBase stored)) {
            throw new HdfException(
                    "it is stored in chunks, which Keras never does; rewrite the file by h5repack -l CONTI");
        }
        float[] values = new float[Math.toIntExact(elements)];
        if (values.length > 0) {
            type.decode(stored.getDataBuffer(), values);
        }
        return values;
    }
}
