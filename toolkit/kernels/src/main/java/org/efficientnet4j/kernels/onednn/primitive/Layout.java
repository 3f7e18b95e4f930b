package org.efficientnet4j.kernels.onednn.primitive;

import java.util.Optional;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.global.dnnl;

/** A float32 tensor's dimensions and their order in memory (oneDNN's memory descriptor). */
public final class Layout implements AutoCloseable {
    private final dnnl_memory_desc_t descriptor;
    private final boolean owned;

    private Layout(dnnl_memory_desc_t descriptor, boolean owned) {
        this.descriptor = descriptor;
        this.owned = owned;
    }

    /** Images {@code [n, channels, height, width]} in NHWC order. */
    public static Layout nhwc(long n, long channels, long height, long width) {
        return of(dnnl.dnnl_nhwc, n, channels, height, width);
    }

    /** A vector. */
    public static Layout vector(long length) {
        return of(dnnl.dnnl_a, length);
    }

    /** A row-major matrix. */
    public static Layout matrix(long rows, long columns) {
        return of(dnnl.dnnl_ab, rows, columns);
    }

    /** The matrix {@code [rows, columns]} whose transpose is what lies row-major in memory. */
    public static Layout transposed(long rows, long columns) {
        return of(dnnl.dnnl_ba, rows, columns);
    }

    /** Columns of a row-major matrix with {@code stride} columns in all. */
    public static Layout columns(long rows, long columns, long stride) {
        return byStrides(new long[] {rows, columns}, stride, 1);
    }

    /** The transpose of {@link #columns}, {@code [columns, rows]}, on the same memory. */
    public static Layout transposedColumns(long rows, long columns, long stride) {
        return byStrides(new long[] {columns, rows}, 1, stride);
    }

    /** Row-major matrices {@code [count, rows, columns]}, so many floats from one to the next. */
    public static Layout matrices(long count, long rows, long columns, long distance) {
        return byStrides(new long[] {count, rows, columns}, distance, columns, 1);
    }

    /** The transposes {@code [count, columns, rows]} of {@link #matrices}, on the same memory. */
    public static Layout transposedMatrices(long count, long rows, long columns, long distance) {
        return byStrides(new long[] {count, columns, rows}, distance, 1, columns);
    }

    /** Weights {@code [outputs, inputs, kernel, kernel]} with the kernel's places outermost in memory, then the inputs. */
    public static Layout tapsByInput(long outputs, long inputs, long kernel) {
        long matrix = outputs * inputs;
        return byStrides(new long[] {outputs, inputs, kernel, kernel}, 1, outputs, kernel * matrix, matrix);
    }

    /** Weights {@code [outputs, inputs, kernel, kernel]} with the kernel's places outermost in memory, then the outputs. */
    public static Layout tapsByOutput(long outputs, long inputs, long kernel) {
        long matrix = outputs * inputs;
        return byStrides(new long[] {outputs, inputs, kernel, kernel}, inputs, 1, kernel * matrix, matrix);
    }

    /** Dimensions and, for each, the distance of neighbours in memory, in floats; they must not overlap. */
    public static Layout byStrides(long[] dimensions, long... strides) {
        dnnl_memory_desc_t descriptor = new dnnl_memory_desc_t();
        OneDnnException.check(
                dnnl.dnnl_memory_desc_init_by_strides(
                        descriptor, dimensions.length, dimensions, dnnl.dnnl_f32, strides),
                "a memory descriptor");
        return new Layout(descriptor, true);
    }

    /** Dimensions in an order given by one of oneDNN's tags. */
    public static Layout of(int tag, long... dimensions) {
        dnnl_memory_desc_t descriptor = new dnnl_memory_desc_t();
        OneDnnException.check(
                dnnl.dnnl_memory_desc_init_by_tag(descriptor, dimensions.length, dimensions, dnnl.dnnl_f32, tag),
                "a memory descriptor");
        return new Layout(descriptor, true);
    }

    /** A view of a descriptor that a primitive owns: valid while the primitive is open. */
    static Layout view(dnnl_memory_desc_t descriptor) {
        return new Layout(descriptor, false);
    }

    public dnnl_memory_desc_t descriptor() {
        return descriptor;
    }

    /** Size in memory, padding of blocked layouts included. */
    public long bytes() {
        return dnnl.dnnl_memory_desc_get_size(descriptor);
    }

    /** A dimension. */
    public long size(int dimension) {
        return descriptor.dims().get(dimension);
    }

    /** Some entries of the first dimension, in the same memory; empty where a block of the layout would be cut. */
    public Optional<Layout> part(long first, long count) {
        long[] sizes = new long[descriptor.ndims()];
        for (int dimension = 1; dimension < sizes.length; dimension++) {
            sizes[dimension] = size(dimension);
        }
        sizes[0] = count;
        long[] offsets = new long[sizes.length];
        offsets[0] = first;
        dnnl_memory_desc_t part = new dnnl_memory_desc_t();
        return dnnl.dnnl_memory_desc_init_submemory(part, descriptor, sizes, offsets) == dnnl.dnnl_success
                ? Optional.of(new Layout(part, true))
                : Optional.empty();
    }

    public boolean sameAs(Layout other) {
        return dnnl.dnnl_memory_desc_equal(descriptor, other.descriptor) != 0;
    }

    /** A copy with a life of its own. */
    public Layout copy() {
        return new Layout(new dnnl_memory_desc_t().put(descriptor), true);
    }

    @Override
    public void close() {
        if (owned) {
            descriptor.deallocate();
        }
    }
}
