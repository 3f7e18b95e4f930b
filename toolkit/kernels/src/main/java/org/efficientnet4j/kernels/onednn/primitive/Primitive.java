package org.efficientnet4j.kernels.onednn.primitive;

import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.List;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.global.dnnl;
import org.efficientnet4j.kernels.memory.RawPointer;
import org.efficientnet4j.kernels.memory.ThreadScratch;

/**
 * One compiled operation of oneDNN with memory objects for its arguments, to be executed again and again at changing
 * addresses. One thread at a time; different threads use primitives of their own (oneDNN shares the machine code). Freed
 * by {@link #close()}, at the latest when it is garbage.
 */
public final class Primitive implements AutoCloseable {
    private static final Cleaner CLEANER = Cleaner.create();

    private final dnnl_primitive_desc descriptor;
    private final dnnl_primitive primitive = new dnnl_primitive();
    private final dnnl_stream stream = OneDnn.newStream();
    private final dnnl_exec_arg_t arguments;
    private final dnnl_memory[] memories;
    private final RawPointer[] handles;
    private final long scratchBytes;
    private final Cleaner.Cleanable cleanable;

    /**
     * Takes over a primitive descriptor.
     *
     * @param argumentIds oneDNN's numbers of the arguments, in the order {@link #execute} takes their addresses
     */
    public Primitive(dnnl_primitive_desc descriptor, int... argumentIds) {
        this.descriptor = descriptor;
        OneDnnException.check(dnnl.dnnl_primitive_create(primitive, descriptor), "a primitive");
        dnnl_memory_desc_t scratch = query(dnnl.dnnl_query_scratchpad_md, 0);
        scratchBytes = scratch == null ? 0 : dnnl.dnnl_memory_desc_get_size(scratch);
        int count = argumentIds.length + (scratchBytes > 0 ? 1 : 0);
        arguments = new dnnl_exec_arg_t(count);
        memories = new dnnl_memory[count];
        handles = new RawPointer[count];
        for (int i = 0; i < argumentIds.length; i++) {
            attach(i, argumentIds[i], query(dnnl.dnnl_query_exec_arg_md, argumentIds[i]));
        }
        if (scratchBytes > 0) {
            attach(argumentIds.length, dnnl.DNNL_ARG_SCRATCHPAD, scratch);
        }
        arguments.position(0);
        cleanable =
                CLEANER.register(this, new NativeState(primitive, descriptor, stream, arguments, List.of(memories)));
    }

    private void attach(int index, int argumentId, dnnl_memory_desc_t layout) {
        dnnl_memory memory = new dnnl_memory();
        OneDnnException.check(dnnl.dnnl_memory_create(memory, layout, OneDnn.engine(), null), "a memory object");
        memories[index] = memory;
        handles[index] = new RawPointer();
        arguments.position(index).arg(argumentId).memory(memory);
    }

    private dnnl_memory_desc_t query(int what, int index) {
        return dnnl.dnnl_primitive_desc_query_md(descriptor, what, index);
    }

    /** For the descriptor of the backward primitive. */
    dnnl_primitive_desc descriptor() {
        return descriptor;
    }

    /** The layout the primitive wants an argument in. */
    public Layout layout(int argumentId) {
        return Layout.view(query(dnnl.dnnl_query_exec_arg_md, argumentId));
    }

    /** Computes, in the calling thread and its OpenMP threads. */
    public void execute(long... addresses) {
        try {
            for (int i = 0; i < addresses.length; i++) {
                point(i, addresses[i]);
            }
            if (scratchBytes > 0) {
                point(addresses.length, ThreadScratch.address(ThreadScratch.Purpose.PRIMITIVE, scratchBytes));
            }
            OneDnnException.check(
                    dnnl.dnnl_primitive_execute(primitive, stream, memories.length, arguments),
                    "to execute a primitive");
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    private void point(int index, long address) {
        RawPointer handle = handles[index];
        if (handle.address() != address) {
            OneDnnException.check(dnnl.dnnl_memory_set_data_handle(memories[index], handle.at(address)), "an address");
        }
    }

    @Override
    public void close() {
        cleanable.clean();
    }

    /** Native objects that {@link #close()} destroys, without a reference back to the primitive. */
    private record NativeState(
            dnnl_primitive primitive,
            dnnl_primitive_desc descriptor,
            dnnl_stream stream,
            dnnl_exec_arg_t arguments,
            List<dnnl_memory> memories)
            implements Runnable {
        @Override
        public void run() {
            for (dnnl_memory memory : memories) {
                dnnl.dnnl_memory_destroy(memory);
            }
            arguments.deallocate();
            dnnl.dnnl_primitive_destroy(primitive);
            dnnl.dnnl_primitive_desc_destroy(descriptor);
            dnnl.dnnl_stream_destroy(stream);
        }
    }
}
