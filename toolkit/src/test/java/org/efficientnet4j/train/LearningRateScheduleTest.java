package org.efficientnet4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.learning.config.Adam;

class LearningRateScheduleTest {
    private final LearningRateSchedule schedule = new LearningRateSchedule(0.8, 4, 12);

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
        assertEquals(0.8, new LearningRateSchedule(0.8, 0, 1).valueAt(0, 0), 1e-12);
    }

    @Test
    void refusesAWarmupLongerThanTheRun() {
        assertThrows(IllegalArgumentException.class, () -> new LearningRateSchedule(0.8, 5, 4));
    }

    @Test
    void survivesAConfigurationsJson() {
        TrainingOptions options = TinyTraining.options().build();
        ComputationGraph graph = TrainableGraph.of(TinyTraining.network(0), options.optimizer(), schedule);
        ComputationGraphConfiguration read =
                ComputationGraphConfiguration.fromJson(graph.getConfiguration().toJson());
        BaseLayer layer = (BaseLayer)
                ((LayerVertex) read.getVertices().get("conv")).getLayerConf().getLayer();

        assertEquals(schedule, ((Adam) layer.getIUpdater()).getLearningRateSchedule());
    }
}
