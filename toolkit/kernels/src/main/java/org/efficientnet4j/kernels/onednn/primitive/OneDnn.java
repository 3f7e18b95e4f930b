package org.efficientnet4j.kernels.onednn.primitive;

import java.util.Optional;
import org.bytedeco.dnnl.dnnl_engine;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.dnnl_version_t;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Loader;
import org.nd4j.linalg.factory.Nd4j;

/** oneDNN's library and its CPU engine, loaded at first use; nothing here throws where the library is missing. */
public final class OneDnn {
    private OneDnn() {}

    /** Why oneDNN can't run here, with a remedy where there is one; empty where it can. */
    public static Optional<String> unavailableBecause() {
        return Library.LOADED.problem();
    }

    /** Version and instruction set, e.g. {@code oneDNN 2.5.2, AVX-512 (VNNI, bf16)}; for a machine it runs on. */
    public static String description() {
        dnnl_version_t version = dnnl.dnnl_version();
        return "oneDNN " + version.major() + "." + version.minor() + "." + version.patch() + ", "
                + instructionSet(dnnl.dnnl_get_effective_cpu_isa());
    }

    static dnnl_engine engine() {
        return Library.LOADED.engine();
    }

    static dnnl_stream newStream() {
        dnnl_stream stream = new dnnl_stream();
        OneDnnException.check(
                dnnl.dnnl_stream_create(stream, engine(), dnnl.dnnl_stream_default_flags), "a new stream");
        return stream;
    }

    private static String instructionSet(int isa) {
        if (isa == dnnl.dnnl_cpu_isa_sse41) {
            return "SSE4.1, slow for want of AVX-512";
        } else if (isa == dnnl.dnnl_cpu_isa_avx) {
            return "AVX, slow for want of AVX-512";
        } else if (isa == dnnl.dnnl_cpu_isa_avx2) {
            return "AVX2, slower for want of AVX-512";
        } else if (isa == dnnl.dnnl_cpu_isa_avx2_vnni) {
            return "AVX2 (VNNI), slower for want of AVX-512";
        } else if (isa == dnnl.dnnl_cpu_isa_avx512_core) {
            return "AVX-512";
        } else if (isa == dnnl.dnnl_cpu_isa_avx512_core_vnni) {
            return "AVX-512 (VNNI)";
        } else if (isa == dnnl.dnnl_cpu_isa_avx512_core_bf16) {
            return "AVX-512 (VNNI, bf16)";
        } else if (isa == dnnl.dnnl_cpu_isa_avx512_core_amx) {
            return "AVX-512 (VNNI, bf16, AMX)";
        }
        return "instruction set " + isa;
    }

    /** The library is looked for when this class is initialised: once, and not before somebody asks. */
    private record Library(dnnl_engine engine, Optional<String> problem) {
        private static final Library LOADED = load();

        private static Library load() {
            try {
                if (!Nd4j.getEnvironment().isCPU()) {
                    return missing("ND4J runs on a GPU, whose arrays oneDNN can't reach");
                }
                Loader.load(dnnl.class);
                dnnl_engine engine = new dnnl_engine();
                OneDnnException.check(dnnl.dnnl_engine_create(engine, dnnl.dnnl_cpu, 0), "a CPU engine");
                // OpenBLAS's threads go on asking for the cores for a while after each product (the classifier's).
                Nd4j.factory().blas().setMaxThreads(1);
                return new Library(engine, Optional.empty());
            } catch (LinkageError | RuntimeException problem) {
                return missing("oneDNN's library does not load on " + Loader.getPlatform() + " (" + problem
                        + "); it comes in org.bytedeco:dnnl and org.bytedeco:opencl with this platform's classifier");
            }
        }

        private static Library missing(String reason) {
            return new Library(null, Optional.of(reason));
        }
    }
}
