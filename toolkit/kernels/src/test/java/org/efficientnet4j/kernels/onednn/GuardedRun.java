package org.efficientnet4j.kernels.onednn;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.efficientnet4j.kernels.onednn.primitive.OneDnn;
import org.efficientnet4j.kernels.onednn.primitive.OneDnnException;
import org.efficientnet4j.kernels.threads.OpenMpThreads;

/**
 * The guarded cases one after the other, from one on, in a process that any of them may end. Arguments: a file for the
 * number of the case that is running, the first case, and the distance between cases. Prints a line for each case with a
 * wrong result.
 */
final class GuardedRun {
    /** The prefix of a line on a wrong result. */
    static final String WRONG = "WRONG ";

    private GuardedRun() {}

    static List<GuardedCase> cases() {
        List<GuardedCase> result = new ArrayList<>(GuardedConvolutions.cases());
        result.addAll(GuardedWinograd.cases());
        result.addAll(GuardedProducts.cases());
        result.addAll(GuardedPixels.cases());
        return result;
    }

    public static void main(String[] arguments) throws IOException {
        Path progress = Path.of(arguments[0]);
        int distance = Integer.parseInt(arguments[2]);
        OneDnn.unavailableBecause().ifPresent(reason -> {
            throw new IllegalStateException(reason);
        });
        List<GuardedCase> cases = cases();
        GuardedArrays arrays = new GuardedArrays();
        for (int i = Integer.parseInt(arguments[1]); i < cases.size(); i += distance) {
            Files.writeString(progress, Integer.toString(i));
            // Scratchpads depend on the threads.
            OpenMpThreads.use(1 + i / distance % 2);
            try {
                cases.get(i).run().accept(arrays);
                arrays.release();
            } catch (AssertionError | OneDnnException wrong) {
                arrays.release();
                System.out.println(WRONG + cases.get(i).name() + ": " + wrong.getMessage());
            }
        }
        Files.writeString(progress, Integer.toString(cases.size()));
    }
}
