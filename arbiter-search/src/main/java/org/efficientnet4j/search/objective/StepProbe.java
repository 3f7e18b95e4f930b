package org.efficientnet4j.search.objective;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.graph.GraphOptions;
import org.efficientnet4j.graph.NetworkGraph;
import org.efficientnet4j.models.ModelDefinition;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** Times a network's training step on this machine, on images of zeros: nothing is decoded. */
final class StepProbe {
    private static final int WARM_UPS = 3;
    private static final int STEPS = 9;

    private StepProbe() {}

    /** A training step's time for one image while this process trains nothing else. */
    static Timing alone(ModelDefinition model, int batch, int classes) {
        return MeasuringGate.alone(() -> step(model, batch, classes, WARM_UPS, STEPS))
                .over(batch);
    }

    /** A training step's time beside whatever runs. */
    static Timing step(ModelDefinition model, int batch, int classes, int warmUps, int steps) {
        ComputationGraph network = NetworkGraph.create(
                model,
                GraphOptions.builder(model).classes(classes).updater(new Sgd(0)).build());
        INDArray labels = Nd4j.zeros(DataType.FLOAT, batch, classes);
        labels.getColumn(0).assign(1);
        DataSet images =
                new DataSet(Nd4j.zeros(DataType.FLOAT, batch, 3, model.trainSize(), model.trainSize()), labels);
        return Timing.of(warmUps, steps, () -> network.fit(images));
    }
}
