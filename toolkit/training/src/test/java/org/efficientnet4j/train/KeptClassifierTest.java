package org.efficientnet4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.Normalization;
import org.efficientnet4j.core.Preprocessing;
import org.efficientnet4j.graph.GraphOptions;
import org.efficientnet4j.graph.NetworkGraph;
import org.efficientnet4j.model.ModelFile;
import org.efficientnet4j.model.ModelMetadata;
import org.efficientnet4j.models.ModelCatalog;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.train.options.ClassifierStart;
import org.efficientnet4j.train.options.TrainingOptions;
import org.efficientnet4j.train.options.TrainingOptionsBuilder;
import org.efficientnet4j.train.options.TransferOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The classifier of a run that starts from a trained network. */
class KeptClassifierTest {
    private static final String WEIGHTS = "classifier_W";

    @TempDir
    private Path folder;

    private TinyFineTuning tiny;
    private List<String> shapes;

    @BeforeEach
    void prepareShapes() throws IOException {
        tiny = new TinyFineTuning(folder);
        shapes = ImageTraining.prepare(tiny.options()).data().train().labels();
    }

    private ComputationGraph trained(List<String> labels) {
        ModelDefinition model = ModelCatalog.find(tiny.model());
        ComputationGraph network = NetworkGraph.create(
                model,
                GraphOptions.builder(model).classes(labels.size()).seed(3).build());
        Preprocessing preprocessing = new Preprocessing(32, 1, Normalization.IMAGENET);
        new ModelFile(network, new ModelMetadata(model, labels, 3, preprocessing, Optional.empty())).write(tiny.init());
        return network;
    }

    private ComputationGraph first(TrainingOptionsBuilder builder) {
        ImageTraining training = ImageTraining.prepare(builder);
        return new FirstNetwork(
                        training.options(),
                        ModelCatalog.find(tiny.model()),
                        training.data().train().labels(),
                        0.9)
                .create();
    }

    @Test
    void isKeptWhereTheClassesAreTheSame() {
        ComputationGraph before = trained(shapes);
        assertEquals(before.params(), first(tiny.options()).params());
        TrainingOptions options = ImageTraining.prepare(tiny.options()).options();
        assertEquals(ClassifierStart.KEPT, options.get(TransferOptions.CLASSIFIER));
        assertTrue(ImageTraining.prepare(tiny.options()).start().contains("with its classifier"));
    }

    @Test
    void isDrawnOnRequestAndWhereTheClassesDiffer() {
        ComputationGraph before = trained(shapes);
        assertNotEquals(
                before.getParam(WEIGHTS),
                first(tiny.options().set(TransferOptions.CLASSIFIER, ClassifierStart.DRAWN))
                        .getParam(WEIGHTS));
        trained(reversed());
        assertTrue(ImageTraining.prepare(tiny.options())
                .options()
                .find(TransferOptions.CLASSIFIER)
                .isEmpty());
    }

    @Test
    void takesOverClassesByNameOnRequest() {
        ComputationGraph before = trained(List.of("none", shapes.get(2), shapes.get(0)));
        INDArray after = first(tiny.options().set(TransferOptions.CLASSIFIER, ClassifierStart.BY_NAME))
                .getParam(WEIGHTS);
        assertEquals(before.getParam(WEIGHTS).getColumn(2), after.getColumn(0));
        assertEquals(before.getParam(WEIGHTS).getColumn(1), after.getColumn(2));
    }

    @Test
    void refusesToKeepOtherClasses() {
        trained(reversed());
        assertRefused(ClassifierStart.KEPT, "kept needs the trained network's classes in the same order");
        trained(List.of("one", "two"));
        assertRefused(ClassifierStart.BY_NAME, "by-name needs classes of the same name");
    }

    private List<String> reversed() {
        java.util.List<String> reversed = new java.util.ArrayList<>(shapes);
        java.util.Collections.reverse(reversed);
        return reversed;
    }

    private void assertRefused(ClassifierStart start, String reason) {
        String message = assertThrows(
                        InvalidInputException.class, () -> first(tiny.options().set(TransferOptions.CLASSIFIER, start)))
                .getMessage();
        assertTrue(message.contains(reason), message);
    }
}
