package org.efficientnet4j.weights;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A folder that one of the {@code reference} scripts wrote: {@code case.json}, weights and arrays. */
record ReferenceCase(Path folder, JsonNode description) {
    /** The cases among the test resources, and those below the folder that a system property names. */
    static Stream<ReferenceCase> in(String resource, String property) throws IOException, URISyntaxException {
        Path own = Path.of(ReferenceCase.class.getResource(resource).toURI());
        String more = System.getProperty(property);
        return more == null ? below(own) : Stream.concat(below(own), below(Path.of(more)));
    }

    private static Stream<ReferenceCase> below(Path folder) throws IOException {
        try (Stream<Path> folders = Files.list(folder)) {
            return folders.filter(each -> Files.exists(each.resolve("case.json"))).sorted().toList().stream()
                    .map(ReferenceCase::of);
        }
    }

    private static ReferenceCase of(Path folder) {
        try {
            return new ReferenceCase(
                    folder,
                    new ObjectMapper().readTree(folder.resolve("case.json").toFile()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The model's name, or its architecture file's path. */
    String model() {
        String model = description.get("model").asText();
        return model.endsWith(".yaml") ? folder.resolve(model).toString() : model;
    }

    int classes() {
        return description.get("classes").asInt();
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    INDArray array(String name) {
        NpyFile npy = NpyFile.read(file(name));
        long[] shape = npy.shape().stream().mapToLong(Long::longValue).toArray();
        return Nd4j.create(npy.values(), shape, 'c');
    }

    /** Within a share of the largest expected element, or of the noise if that is larger. */
    static void assertClose(INDArray expected, INDArray actual, double tolerance, double noise, String what) {
        double largest = Math.max(noise, expected.amaxNumber().doubleValue());
        double worst =
                expected.sub(actual.reshape('c', expected.shape())).amaxNumber().doubleValue();
        assertTrue(worst <= tolerance * largest, what + " differs by " + worst + " where the largest is " + largest);
    }

    @Override
    public String toString() {
        return folder.getFileName().toString();
    }
}
