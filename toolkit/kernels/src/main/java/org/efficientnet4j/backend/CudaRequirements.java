package org.efficientnet4j.backend;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Requirements of ND4J's CUDA 11.6 library. */
public final class CudaRequirements {
    /**
     * GPU architectures with machine code in the library. It holds no PTX, the portable code a driver could translate for other
     * GPUs. Source: read off the fat binary of nd4j-cuda-11.6 1.0.0-M2.1, linux-x86_64.
     */
    public static final List<ComputeCapability> MACHINE_CODE = List.of(
            new ComputeCapability(3, 7),
            new ComputeCapability(5, 0),
            new ComputeCapability(5, 2),
            new ComputeCapability(6, 0),
            new ComputeCapability(6, 1),
            new ComputeCapability(7, 0),
            new ComputeCapability(7, 5),
            new ComputeCapability(8, 0),
            new ComputeCapability(8, 6));

    /** The CUDA 11 libraries that it and JavaCPP's CUDA bindings are linked to. */
    static final List<String> LIBRARIES = List.of("libcudart.so.11.0", "libcublas.so.11", "libcusolver.so.11");

    private static final String USE_CPU = "use the CPU backend (build without -Pcuda; ./effnet: unset EFFNET_BACKEND)";

    private CudaRequirements() {}

    /** Returns whether the library has code that this GPU runs. */
    public static boolean hasCodeFor(GpuDevice device) {
        return MACHINE_CODE.stream().anyMatch(device.capability()::runs);
    }

    /**
     * Everything that keeps the CUDA backend from running.
     *
     * @param probe the machine's GPUs
     * @param libraryFound whether a shared library of a name can be loaded
     * @param devicesChosen whether the user chose among the GPUs by {@code CUDA_VISIBLE_DEVICES}; the driver's list
     *     does not tell which
     * @return the problems, the first the one to mend first; empty where it can run
     */
    public static List<Problem> check(GpuProbe probe, Predicate<String> libraryFound, boolean devicesChosen) {
        if (probe.trouble().isPresent()) {
            return List.of(new Problem(
                    "There is no usable NVIDIA GPU: " + probe.trouble().get(),
                    "install NVIDIA's driver where there is a GPU, or " + USE_CPU));
        }
        List<GpuDevice> unsupported =
                probe.devices().stream().filter(device -> !hasCodeFor(device)).toList();
        boolean none = unsupported.size() == probe.devices().size();
        if (none || (!unsupported.isEmpty() && !devicesChosen)) {
            return List.of(withoutCode(unsupported, none));
        }
        List<String> missing = LIBRARIES.stream()
                .filter(library -> !libraryFound.test(library))
                .toList();
        if (missing.isEmpty()) {
            return List.of();
        }
        return List.of(new Problem(
                "CUDA 11 libraries are missing: " + String.join(", ", missing),
                "install the CUDA 11.6 toolkit and put its lib64 folder on LD_LIBRARY_PATH, or " + USE_CPU));
    }

    private static Problem withoutCode(List<GpuDevice> devices, boolean none) {
        String names = devices.stream()
                .map(device -> device.name() + " (" + device.capability() + ")")
                .collect(Collectors.joining(", "));
        String supported =
                MACHINE_CODE.stream().map(ComputeCapability::toString).collect(Collectors.joining(", "));
        return new Problem(
                "ND4J's CUDA 11.6 library has no code for " + names + ", only for " + supported + " and no PTX",
                (none ? "" : "show it the other GPUs alone by CUDA_VISIBLE_DEVICES, or ") + USE_CPU);
    }
}
