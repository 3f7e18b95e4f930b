package org.efficientnet4j.benchmarks.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.efficientnet4j.benchmark.PeerProgram;
import org.efficientnet4j.models.ModelCatalog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxRuntimePeerTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void measuresAnExportedNetwork(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("b0.onnx");
        OnnxFile.write(ModelCatalog.find("efficientnet_b0"), file);
        assertEquals(
                0,
                run(file.toString(), "efficientnet_b0", "infer", "2", "32", "3", "0", "1"),
                err.toString(StandardCharsets.UTF_8));
        JsonNode result = new ObjectMapper().readTree(out.toByteArray());
        assertEquals("ONNX Runtime 1.29.0", result.get("provider").asText());
        double median = result.get("imagesPerSecond").asDouble();
        assertTrue(median > 0 && median <= result.get("bestImagesPerSecond").asDouble(), result.toString());
    }

    @Test
    void saysThatItDoesNotTrain() {
        assertEquals(PeerProgram.SKIPPED, run("x.onnx", "efficientnet_b0", "train", "2", "32", "3", "0", "1"));
        assertEquals(
                "ONNX Runtime's Java package does not train",
                err.toString(StandardCharsets.UTF_8).strip());
    }

    private int run(String... arguments) {
        return PeerProgram.run(
                arguments,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                OnnxRuntimePeer::prepare);
    }
}
