package org.efficientnet4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.train.options.LearningRateShape;
import org.efficientnet4j.train.options.TrainingOptions;
import org.efficientnet4j.train.step.TrainableGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.learning.config.Adam;

class LearningRateScheduleTest {
    private final LearningRateSchedule schedule =
            new LearningRateSchedule(LearningRateShape.COSINE, 0.8, 4, 12, 0.97, 3);

    @Test
    void risesLinearlyThenFallsAlongHalfACosine() {
        assertEquals(0.2, schedule.valueAt(0, 0), 1e-12);
        assertEquals(0.8, schedule.valueAt(3, 0), 1e-12);
        assertEquals(0.8, schedule.valueAt(4, 0), 1e-12);
        assertEquals(0.8 * (1 + Math.sqrt(0.5)) / 2, schedule.valueAt(6, 0), 1e-12);
        assertEquals(0.4, schedule.valueAt(8, 0), 1e-12);
        assertEquals(0, schedule.valueAt(12, 0), 1e-12);
        assertEquals(0, schedule.valueAt(1000, 0));
    }

    @Test
    void needsNoWarmup() {
        assertEquals(0.8, new LearningRateSchedule(LearningRateShape.COSINE, 0.8, 0, 1, 0.97, 3).valueAt(0, 0), 1e-12);
    }

    @Test
    void fallsInStairsCountedFromTheStart() {
        LearningRateSchedule stairs = new LearningRateSchedule(LearningRateShape.EXPONENTIAL, 0.016, 5, 35, 0.97, 2.4);
        assertEquals(0.016 / 5, stairs.valueAt(0, 0), 1e-12);
        assertEquals(0.016, stairs.valueAt(4, 0), 1e-12);
        assertEquals(0.016 * 0.97 * 0.97, stairs.valueAt(5, 0), 1e-12);
        assertEquals(0.016 * 0.97 * 0.97, stairs.valueAt(7, 0), 1e-12);
        assertEquals(0.016 * 0.97 * 0.97 * 0.97, stairs.valueAt(8, 0), 1e-12);
    }

    @Test
    void staysAtThePeakWhereAsked() {
        LearningRateSchedule constant = new LearningRateSchedule(LearningRateShape.CONSTANT, 0.1, 2, 10, 0.97, 3);
        assertEquals(0.05, constant.valueAt(0, 0), 1e-12);
        assertEquals(0.1, constant.valueAt(9, 0), 1e-12);
    }

    @Test
    void refusesAWarmupLongerThanTheRun() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new LearningRateSchedule(LearningRateShape.COSINE, 0.8, 5, 4, 0.97, 3));
    }

    @Test
    void survivesAConfigurationsJson() {
        TrainingOptions options = TinyTraining.options().build();
        ComputationGraph graph = TrainableGraph.of(TinyTraining.network(0), options, schedule);
        ComputationGraphConfiguration read =
                ComputationGraphConfiguration.fromJson(graph.getConfiguration().toJson());
        BaseLayer layer = (BaseLayer)
                ((LayerVertex) read.getVertices().get("conv")).getLayerConf().getLayer();

        assertEquals(schedule, ((Adam) layer.getIUpdater()).getLearningRateSchedule());
    }
}
