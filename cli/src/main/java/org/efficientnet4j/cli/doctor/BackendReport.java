package org.efficientnet4j.cli.doctor;

import java.util.List;
import java.util.Properties;
import org.efficientnet4j.backend.Backend;
import org.efficientnet4j.backend.Problem;
import org.efficientnet4j.backend.UnusableBackendException;
import org.nd4j.linalg.factory.Nd4j;

/**
 * ND4J's backend.
 *
 * @param built the one on the class path
 * @param loads whether its native library was loaded
 * @param implementation its class; empty where it did not load
 * @param blas the matrix library; empty where it did not load
 * @param threads the most threads an operation uses; 0 where it did not load
 */
public record BackendReport(Backend built, boolean loads, String implementation, String blas, int threads) {
    static BackendReport examine(List<Problem> problems) {
        Backend built = Backend.onClassPath();
        try {
            Backend.requireUsable();
            Properties environment = Nd4j.getExecutioner().getEnvironmentInformation();
            return new BackendReport(
                    built,
                    true,
                    Nd4j.getBackend().getClass().getSimpleName(),
                    String.valueOf(environment.get("blas.vendor")),
                    Nd4j.getEnvironment().maxThreads());
        } catch (UnusableBackendException e) {
            problems.addAll(e.problems());
        } catch (LinkageError | RuntimeException e) {
            problems.add(
                    new Problem(
                            "ND4J's native library does not load: " + root(e),
                            "compare its needs (a 64-bit system; glibc 2.17 or newer, not musl, on Linux) with this machine's"));
        }
        return new BackendReport(built, false, "", "", 0);
    }

    private static String root(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName() + ": " + root.getMessage();
    }
}
