package org.efficientnet4j.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.graph.GraphOptions;
import org.efficientnet4j.models.ArchitectureFile;
import org.efficientnet4j.weights.names.WeightSource;
import org.junit.jupiter.api.Test;

/** Accounts for tensors, by a file of Keras's and parts of it. */
class WeightImportTest {
    private final WeightImport tiny =
            new WeightImport("tiny-v1", ArchitectureFile.read(resource("tiny-v1.yaml")), WeightSource.KERAS);

    /** A file without some of its tensors. */
    private record Part(TensorFile whole, Predicate<String> missing) implements TensorFile {
        @Override
        public List<TensorInfo> tensors() {
            return whole.tensors().stream()
                    .filter(tensor -> !missing.test(tensor.name()))
                    .toList();
        }

        @Override
        public float[] read(String name) {
            return whole.read(name);
        }

        @Override
        public void close() {
            whole.close();
        }
    }

    private static Path resource(String name) {
        try {
            return Path.of(
                    WeightImportTest.class.getResource("/keras/tiny-v1/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TensorFile open(Predicate<String> missing) {
        return new Part(WeightFiles.open(resource("whole.h5")), missing);
    }

    @Test
    void readsABackboneWhateverTheFilesClassifierIs() {
        GraphOptions options = tiny.options(7).build();
        try (TensorFile headless = open(name -> name.startsWith("predictions/"));
                TensorFile fiveClasses = open(name -> false)) {
            assertThrows(InvalidInputException.class, () -> tiny.read(headless, options));
            assertThrows(InvalidInputException.class, () -> tiny.read(fiveClasses, options));
            assertBackbone(tiny.readBackbone(headless, options), headless);
            assertBackbone(tiny.readBackbone(fiveClasses, options), fiveClasses);
        }
    }

    private static void assertBackbone(ComputationGraph network, TensorFile file) {
        assertEquals(7, network.getParam("classifier_b").length());
        assertArrayEquals(
                file.read("top_bn/gamma"), network.getParam("head_gamma").toFloatVector());
    }

    @Test
    void namesWhatIsMissingMisshapenAndUnmatched() {
        try (TensorFile file = open(name -> name.equals("stem_bn/beta"))) {
            InvalidInputException error = assertThrows(
                    InvalidInputException.class,
                    () -> tiny.read(file, tiny.options(6).build()));
            assertTrue(error.getMessage().startsWith("3 tensors do not fit"), error.getMessage());
            assertTrue(error.getMessage().contains("missing: stem_bn/beta [8] (for stem_beta)"), error.getMessage());
            assertTrue(
                    error.getMessage()
                            .contains("misshapen: predictions/kernel is [16, 5], and classifier_W needs [16, 6]"),
                    error.getMessage());
        }
        try (TensorFile file = open(name -> false)) {
            WeightImport torch =
                    new WeightImport("tiny-v1", ArchitectureFile.read(resource("tiny-v1.yaml")), WeightSource.TIMM);
            InvalidInputException error = assertThrows(
                    InvalidInputException.class,
                    () -> torch.readBackbone(file, torch.options(5).build()));
            assertTrue(error.getMessage().contains("unmatched: stem_conv/kernel [3, 3, 3, 8]"), error.getMessage());
        }
    }
}
