package org.efficientnet4j.kernels.threads;

import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/** The number of threads OpenMP regions use that the calling thread starts, in ND4J and in oneDNN alike. */
public final class OpenMpThreads {
    private static final ThreadLocal<Integer> CURRENT = new ThreadLocal<>();

    private OpenMpThreads() {}

    /** Sets the calling thread's number; costs nothing where it is set already. */
    public static void use(int threads) {
        Integer current = CURRENT.get();
        if (current == null || current != threads) {
            // Loads ND4J's library where nothing has yet.
            Nd4j.getExecutioner();
            NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
            CURRENT.set(threads);
        }
    }
}
