package org.efficientnet4j.benchmarks.libtorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.efficientnet4j.benchmark.PeerProgram;
import org.junit.jupiter.api.Test;

/** The program on its own class path, which leaves out most of the toolkit's dependencies; libtorch is not loaded. */
class LibtorchPeerTest {
    @Test
    void saysWhyItCannotMeasure() {
        assertTrue(skipped().contains("network's file"), skipped());
        assertTrue(skipped("resnet50.pt", "train", "none", "224", "1", "1", "2").contains("none"));
    }

    private static String skipped(String... arguments) {
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        PrintStream err = new PrintStream(messages, true, StandardCharsets.UTF_8);
        assertEquals(PeerProgram.SKIPPED, LibtorchPeer.run(arguments, System.out, err));
        return messages.toString(StandardCharsets.UTF_8);
    }
}
