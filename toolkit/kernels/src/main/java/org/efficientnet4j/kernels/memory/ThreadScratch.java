package org.efficientnet4j.kernels.memory;

import java.util.EnumMap;
import java.util.Map;

/**
 * A thread's scratch memory, shared by all kernels that run in it: one block a purpose, grown on demand, undefined
 * content, valid until the same purpose is asked for again or the call into the kernel ends.
 */
public final class ThreadScratch {
    /** Purpose of a block; a kernel that needs two at once takes two purposes. */
    public enum Purpose {
        /** oneDNN's own scratchpad. */
        PRIMITIVE,
        /** Weights in a primitive's layout. */
        WEIGHTS,
        /** Weight gradients, one a share. */
        WEIGHT_GRADIENTS,
        /** The weight gradient of one piece of a share. */
        PIECE_GRADIENT,
        /** The gradient by a convolution's output, of one piece. */
        OUTPUT_GRADIENT,
        /** A convolution's input, of one piece. */
        INPUT,
        /** The pixels that a strided pointwise convolution reads of a piece of its input, or their gradient. */
        PIXELS,
        /** Winograd's transformed inputs. */
        POINTS,
        /** Winograd's products, or transformed gradients. */
        PRODUCTS,
        /** Rows of Winograd tiles between their two transforms. */
        STRIP,
        /** Rows of Winograd tiles at an image's edge. */
        EDGE,
        /** Weights by their place in the kernel. */
        TAPS,
        /** Weights between Winograd's two transforms. */
        HALF_POINTS,
        /** Small vectors of a kernel. */
        VECTORS,
        /** Rows padded with zeros. */
        ROWS,
        /** Incomplete rows. */
        STAGING
    }

    /** A thread's way to scratch memory. */
    @FunctionalInterface
    public interface Source {
        /** The address of a block of at least so many bytes. */
        long address(Purpose purpose, long bytes);
    }

    private static final ThreadLocal<Source> CURRENT = ThreadLocal.withInitial(() -> new ThreadScratch()::grown);

    private final Map<Purpose, NativeMemory> blocks = new EnumMap<>(Purpose.class);

    private ThreadScratch() {}

    /** The calling thread's block of at least so many bytes; its address is a multiple of 64. */
    public static long address(Purpose purpose, long bytes) {
        return CURRENT.get().address(purpose, bytes);
    }

    /** Has the calling thread take its scratch memory from elsewhere: from memory that shows who leaves its bounds. */
    public static void takeFrom(Source source) {
        CURRENT.set(source);
    }

    private long grown(Purpose purpose, long bytes) {
        NativeMemory block = blocks.get(purpose);
        if (block == null || block.bytes() < bytes) {
            if (block != null) {
                block.close();
            }
            block = new NativeMemory(bytes);
            blocks.put(purpose, block);
        }
        return block.address();
    }
}
