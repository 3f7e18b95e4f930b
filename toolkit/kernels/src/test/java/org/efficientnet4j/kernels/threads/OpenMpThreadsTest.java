package org.efficientnet4j.kernels.threads;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class OpenMpThreadsTest {
    /** In a JVM of its own: in this one another test may have loaded ND4J. */
    @Test
    void loadsNd4jWhereNothingHasYet() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        First.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
    }

    /** Does nothing before it sets the number. */
    static final class First {
        private First() {}

        public static void main(String[] arguments) {
            OpenMpThreads.use(1);
        }
    }
}
