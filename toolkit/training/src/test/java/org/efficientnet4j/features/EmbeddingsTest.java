package org.efficientnet4j.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.opencv.opencv_core.Mat;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.download.DownloadProgress;
import org.efficientnet4j.data.ImageReadException;
import org.efficientnet4j.data.ImageSource;
import org.efficientnet4j.data.pipeline.ImagePipeline;
import org.efficientnet4j.data.source.ImageSources;
import org.efficientnet4j.data.source.SplitOptions;
import org.efficientnet4j.graph.GraphOptions;
import org.efficientnet4j.graph.NetworkGraph;
import org.efficientnet4j.models.ModelCatalog;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.weights.NpyFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

class EmbeddingsTest {
    private static final String TINY = """
            name: tiny
            size: 32
            stem: 4
            blocks:
              - r1_k3_s1_e1_i4_o4_c1
              - r1_k3_s2_e2_i4_o8_se0.25
            head: 6
            """;
    private static final int IMAGES = 11;

    @TempDir
    Path folder;

    private ModelDefinition model;
    private ComputationGraph network;
    private final ImageSource source = ImageSources.parts(
                    "shapes:" + IMAGES, new SplitOptions(0.2, 1), DownloadProgress.SILENT)
            .all();

    @BeforeEach
    void build() throws IOException {
        model = ModelCatalog.find(
                Files.writeString(folder.resolve("tiny.yaml"), TINY).toString());
        network = NetworkGraph.create(
                model, GraphOptions.builder(model).classes(3).seed(5).build());
    }

    private int write(String layer, ImageSource images, Path file, List<Integer> progress) {
        return new Embeddings(new FeatureExtractor(network, model, List.of(layer)), pipeline(images))
                .write(file, progress::add);
    }

    private static ImagePipeline pipeline(ImageSource images) {
        return ImagePipeline.builder(images).size(32).batch(4).workers(1).build();
    }

    /** The features of all images, in one batch. */
    private INDArray expected(String layer) {
        ImagePipeline together =
                ImagePipeline.builder(source).size(32).batch(IMAGES).workers(1).build();
        try (var batches = together.epoch(0)) {
            return new FeatureExtractor(network, model, List.of(layer))
                    .extract(batches.next().getFeatures())
                    .get(layer);
        }
    }

    @Test
    void writesARowAnImageAsCsv() throws IOException {
        Path file = folder.resolve("out.csv");
        List<Integer> progress = new ArrayList<>();
        assertEquals(IMAGES, write("pooled", source, file, progress));
        assertEquals(List.of(4, 8, 11), progress);
        List<String> lines = Files.readAllLines(file);
        assertEquals("image,label,f0,f1,f2,f3,f4,f5", lines.get(0));
        assertEquals(IMAGES + 1, lines.size());
        INDArray expected = expected("pooled");
        for (int i = 0; i < IMAGES; i++) {
            String[] cells = lines.get(i + 1).split(",", -1);
            assertEquals(source.id(i), cells[0]);
            assertEquals(source.labels().get(source.label(i)), cells[1]);
            assertEquals(expected.getFloat(i, 5), Float.parseFloat(cells[7]), 1e-6f);
        }
    }

    @Test
    void writesMapsAsNpyWithTheNamesBeside() throws IOException {
        Path file = folder.resolve("maps.npy");
        assertEquals(IMAGES, write("stride4", source, file, new ArrayList<>()));
        NpyFile array = NpyFile.read(file);
        assertEquals(List.of((long) IMAGES, 8L, 8L, 8L), array.shape());
        assertArrayEquals(expected("stride4").dup('c').data().asFloat(), array.values(), 1e-6f);
        List<String> names = Files.readAllLines(folder.resolve("maps.names.csv"));
        assertEquals("image,label", names.get(0));
        assertEquals(source.id(10) + "," + source.labels().get(source.label(10)), names.get(11));
    }

    @Test
    void aMapsCsvIsItsMean() throws IOException {
        Path file = folder.resolve("mean.csv");
        write("stride4", source, file, new ArrayList<>());
        String[] cells = Files.readAllLines(file).get(3).split(",", -1);
        INDArray mean = expected("stride4").mean(2, 3);
        assertEquals(2 + 8, cells.length);
        assertEquals(mean.getFloat(2, 7), Float.parseFloat(cells[9]), 1e-6f);
    }

    /** Rows keep to their images where some cannot be read. */
    @Test
    void leavesUnreadableImagesOut() throws IOException {
        Path file = folder.resolve("some.csv");
        ImageSource broken = new Broken(source, List.of(0, 4, 5, 10));
        assertEquals(IMAGES - 4, write("pooled", broken, file, new ArrayList<>()));
        INDArray expected = expected("pooled");
        List<Integer> left = List.of(1, 2, 3, 6, 7, 8, 9);
        List<String> lines = Files.readAllLines(file);
        for (int row = 0; row < left.size(); row++) {
            String[] cells = lines.get(row + 1).split(",", -1);
            assertEquals(source.id(left.get(row)), cells[0]);
            assertEquals(expected.getFloat(left.get(row), 0), Float.parseFloat(cells[2]), 1e-6f);
        }
    }

    @Test
    void writesNothingWhereNothingCanBeRead() throws IOException {
        ImageSource broken = new Broken(source, List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
        for (String name : List.of("none.csv", "none.npy")) {
            assertThrows(
                    InvalidInputException.class,
                    () -> write("pooled", broken, folder.resolve(name), new ArrayList<>()));
        }
        try (var files = Files.list(folder)) {
            assertEquals(
                    List.of("tiny.yaml"),
                    files.map(each -> each.getFileName().toString()).toList());
        }
    }

    @Test
    void refusesOtherFormatsAndSeveralLayers() {
        InvalidInputException error = assertThrows(
                InvalidInputException.class,
                () -> write("pooled", source, folder.resolve("x.parquet"), new ArrayList<>()));
        assertTrue(error.getMessage().contains(".csv and .npy"), error.getMessage());
        FeatureExtractor two = new FeatureExtractor(network, model, List.of("stride2", "pooled"));
        assertThrows(IllegalArgumentException.class, () -> new Embeddings(two, pipeline(source)));
        assertFalse(Files.exists(folder.resolve("x.parquet")));
    }

    /** A source some of whose images are damaged. */
    private record Broken(ImageSource whole, List<Integer> damaged) implements ImageSource {
        @Override
        public List<String> labels() {
            return whole.labels();
        }

        @Override
        public int size() {
            return whole.size();
        }

        @Override
        public int label(int index) {
            return whole.label(index);
        }

        @Override
        public String id(int index) {
            return whole.id(index);
        }

        @Override
        public Mat read(int index) throws ImageReadException {
            if (damaged.contains(index)) {
                throw new ImageReadException(id(index), "damaged");
            }
            return whole.read(index);
        }

        @Override
        public String description() {
            return "damaged images";
        }

        @Override
        public boolean tightlyFramed() {
            return whole.tightlyFramed();
        }
    }
}
