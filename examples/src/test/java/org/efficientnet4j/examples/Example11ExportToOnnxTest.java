package org.efficientnet4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Example11ExportToOnnxTest {
    @Test
    void onnxRuntimeComputesTheSameLogits(@TempDir Path directory) throws OrtException {
        Example11ExportToOnnx.Result result =
                Example11ExportToOnnx.run(Example11ExportToOnnx.FLAGS.given("--quick", "--out", directory.toString()));

        assertEquals(32, result.images());
        assertEquals(10, result.labels().size());
        double differs = result.ours().sub(result.theirs()).amaxNumber().doubleValue();
        assertTrue(differs <= 1e-4, "logits differ by " + differs);
        assertTrue(result.ours().amaxNumber().doubleValue() > 0.1, "logits of a trained network are not all 0");
        assertEquals(32, result.sameAnswers());
    }
}
