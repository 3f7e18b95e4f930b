package org.efficientnet4j.cli.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the Python that has PyTorch: the first on the PATH often is a user's own, while Debian's packages serve the system's. */
final class Pythons {
    /** The environment variable that names one. */
    static final String VARIABLE = "EFFNET_PYTHON";

    private static final List<String> USUAL = List.of("python3", "/usr/bin/python3");

    private Pythons() {}

    /** The one that is named, else the first that imports torch and torchvision, else {@code python3}, which will tell why. */
    static String withTorch(Map<String, String> environment) {
        return Optional.ofNullable(environment.get(VARIABLE)).orElseGet(() -> USUAL.stream()
                .filter(python -> succeeds(python, "-c", "import torch, torchvision"))
                .findFirst()
                .orElse(USUAL.get(0)));
    }

    static boolean succeeds(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException notThere) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
