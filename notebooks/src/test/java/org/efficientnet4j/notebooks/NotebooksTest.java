package org.efficientnet4j.notebooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import org.efficientnet4j.notebooks.show.Notebook;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NotebooksTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path work;

    static List<Path> notebooks() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(""))) {
            List<Path> found = files.filter(file -> file.toString().endsWith(".ipynb"))
                    .sorted()
                    .toList();
            assertFalse(found.isEmpty(), "the module must have notebooks");
            return found;
        }
    }

    @ParameterizedTest
    @MethodSource("notebooks")
    @Timeout(value = 12, unit = TimeUnit.MINUTES)
    void runsAndPrintsWhatIsCommitted(Path notebook) throws IOException, InterruptedException {
        assumeTrue(
                NotebookRunner.isJupyterInstalled(),
                "jupyter-nbconvert is not installed (Debian: apt-get install jupyter-client jupyter-nbconvert)");
        JsonNode executed = JSON.readTree(NotebookRunner.execute(notebook, work).toFile());

        assertEquals(printed(JSON.readTree(notebook.toFile())), printed(executed), "regenerate with notebooks/execute");
        assertPictures(executed);
    }

    /** Python's Jupyter formatted the committed ones. */
    @ParameterizedTest
    @MethodSource("notebooks")
    void isFormattedAsJupyterSavesIt(Path notebook) throws IOException {
        String committed = Files.readString(notebook);
        assertEquals(committed, NotebookRunner.text(JSON.readTree(committed)));
    }

    @ParameterizedTest
    @MethodSource("notebooks")
    void committedOutputsHoldNoErrorAndNoPathOfAMachine(Path notebook) throws IOException {
        JsonNode committed = JSON.readTree(notebook.toFile());
        List<JsonNode> outputs = outputs(committed);

        assertFalse(outputs.isEmpty(), "a committed notebook carries its outputs: run notebooks/execute");
        assertTrue(outputs.stream()
                .noneMatch(output -> output.path("output_type").asText().equals("error")));
        assertFalse(printed(committed).stream()
                .flatMap(List::stream)
                .anyMatch(text -> text.contains("/home/") || text.contains("/tmp/")));
        assertPictures(committed);
    }

    private static void assertPictures(JsonNode notebook) throws IOException {
        List<byte[]> pictures = outputs(notebook).stream()
                .map(output -> output.path("data").path("image/png"))
                .filter(JsonNode::isTextual)
                .map(png -> Base64.getMimeDecoder().decode(png.asText()))
                .toList();
        assertFalse(pictures.isEmpty(), "a notebook shows at least one plot");
        for (byte[] picture : pictures) {
            assertTrue(ImageIO.read(new ByteArrayInputStream(picture)).getWidth() >= 400);
        }
    }

    private static List<JsonNode> outputs(JsonNode notebook) {
        return cells(notebook)
                .flatMap(cell -> StreamSupport.stream(cell.path("outputs").spliterator(), false))
                .toList();
    }

    private static Stream<JsonNode> cells(JsonNode notebook) {
        return StreamSupport.stream(notebook.path("cells").spliterator(), false);
    }

    /**
     * Each cell's lines, tables and figures' titles, without what another machine may give otherwise; sorted, since Jupyter
     * may exchange a cell's outputs.
     */
    private static List<List<String>> printed(JsonNode notebook) {
        return cells(notebook).map(NotebooksTest::printedBy).toList();
    }

    private static List<String> printedBy(JsonNode cell) {
        return StreamSupport.stream(cell.path("outputs").spliterator(), false)
                .map(output -> output.path("name").asText().equals("stdout")
                        ? joined(output.path("text"))
                        : joined(output.path("data").path("text/plain")))
                .filter(text -> !text.startsWith(Notebook.MEASURED))
                .sorted()
                .toList();
    }

    private static String joined(JsonNode text) {
        StringBuilder all = new StringBuilder(text.isTextual() ? text.asText() : "");
        text.forEach(line -> all.append(line.asText()));
        return all.toString();
    }
}
