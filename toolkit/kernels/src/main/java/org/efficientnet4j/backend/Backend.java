package org.efficientnet4j.backend;

import java.util.List;

/** The ND4J backends a program can be built with. */
public enum Backend {
    /** {@code nd4j-native}: this machine's processor. */
    CPU("org/nd4j/linalg/cpu/nativecpu/CpuBackend.class"),
    /** {@code nd4j-cuda-11.6}: an NVIDIA GPU. */
    CUDA("org/nd4j/linalg/jcublas/JCublasBackend.class"),
    /** None is on the class path. */
    NONE("");

    private final String marker;

    Backend(String marker) {
        this.marker = marker;
    }

    /** The backend on the class path, told by its class files alone: nothing is loaded or initialised. CUDA wins. */
    public static Backend onClassPath() {
        return of(Backend.class.getClassLoader());
    }

    static Backend of(ClassLoader loader) {
        for (Backend backend : List.of(CUDA, CPU)) {
            if (loader.getResource(backend.marker) != null) {
                return backend;
            }
        }
        return NONE;
    }

    /**
     * Stops a program that could not compute here, before ND4J loads its native library.
     *
     * @throws UnusableBackendException naming every problem and its remedy: no backend, or CUDA without a GPU, driver or
     *     libraries that fit
     */
    public static void requireUsable() {
        Backend backend = onClassPath();
        List<Problem> problems =
                switch (backend) {
                    case CPU -> List.of();
                    case CUDA -> cudaProblems(GpuProbe.run());
                    case NONE ->
                        List.of(new Problem(
                                "No ND4J backend is on the class path",
                                "add org.nd4j:nd4j-native with this platform's classifier"));
                };
        if (!problems.isEmpty()) {
            throw new UnusableBackendException(backend, problems);
        }
    }

    /**
     * Problems that keep the CUDA backend from running on this machine, whatever this program was built with.
     *
     * @param gpus this machine's, from {@link GpuProbe#run()}
     */
    public static List<Problem> cudaProblems(GpuProbe gpus) {
        boolean devicesChosen = System.getenv("CUDA_VISIBLE_DEVICES") != null;
        return CudaRequirements.check(gpus, NativeLibraries::isFound, devicesChosen);
    }
}
