package org.efficientnet4j.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.efficientnet4j.kernels.UpdateKernel.Average;
import org.efficientnet4j.kernels.UpdateKernel.Run;
import org.efficientnet4j.kernels.UpdateKernel.Work;
import org.efficientnet4j.kernels.threads.KernelThreads;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.AdamUpdater;
import org.nd4j.linalg.learning.NesterovsUpdater;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Nesterovs;

/** The optimisers' kernel over vectors so long that several threads share them, against DL4J's in double. */
class UpdateKernelTest {
    private static final int LENGTH = 200_003;
    private static final int FIRST_RUN = 70_001;
    private static final double L2 = 0.3;
    private static final double DECAY = 0.01;
    private static final double FACTOR = 0.25;

    private final KernelThreads threads = KernelThreads.shared();
    private final int before = threads.count();
    private UpdateKernel kernel;
    private INDArray parameters;
    private INDArray gradient;

    @BeforeEach
    void prepare() {
        Optional<UpdateKernel> own = KernelProviders.choose(KernelProviders.AUTOMATIC, DataType.FLOAT)
                .updates();
        assumeTrue(own.isPresent(), "the kernels that run here have no optimisers of their own");
        kernel = own.get();
        threads.setCount(3);
        Nd4j.getRandom().setSeed(5);
        parameters = Nd4j.randn(DataType.FLOAT, LENGTH);
        gradient = Nd4j.randn(DataType.FLOAT, LENGTH);
    }

    @AfterEach
    void restore() {
        threads.setCount(before);
    }

    @Test
    void movesByAdam() {
        INDArray first = Nd4j.randn(DataType.FLOAT, LENGTH);
        INDArray second = Nd4j.rand(DataType.FLOAT, LENGTH);
        AdamUpdater theirs = new AdamUpdater(new Adam(0.01));
        theirs.setState(Map.of(AdamUpdater.M_STATE, inDouble(first), AdamUpdater.V_STATE, inDouble(second)), false);
        INDArray step = regularised();
        theirs.applyUpdater(step, 0, 0);
        double rate = 0.01 * Math.sqrt(1 - 0.999) / (1 - 0.9);
        assertMoves(step, new UpdateRule.Adam(rate, 0.9, 0.999, 1e-8), List.of(first, second));
        assertClose(theirs.getState().get(AdamUpdater.M_STATE), first);
        assertClose(theirs.getState().get(AdamUpdater.V_STATE), second);
    }

    @Test
    void movesByNesterovsMomentum() {
        INDArray velocity = Nd4j.randn(DataType.FLOAT, LENGTH);
        NesterovsUpdater theirs = new NesterovsUpdater(new Nesterovs(0.01, 0.9));
        theirs.setState(Map.of(NesterovsUpdater.V_STATE, inDouble(velocity)), false);
        INDArray step = regularised();
        theirs.applyUpdater(step, 0, 0);
        assertMoves(step, new UpdateRule.Nesterov(0.01, 0.9), List.of(velocity));
        assertClose(theirs.getState().get(NesterovsUpdater.V_STATE), velocity);
    }

    @Test
    void addsUpSquares() {
        double expected = gradient.castTo(DataType.DOUBLE).norm2Number().doubleValue();
        assertEquals(expected, Math.sqrt(kernel.squares(gradient)), 1e-6 * expected);
        INDArray few = gradient.get(NDArrayIndex.interval(1, 8));
        assertEquals(few.norm2Number().doubleValue(), Math.sqrt(kernel.squares(few)), 1e-5);
    }

    private INDArray regularised() {
        INDArray result = inDouble(gradient).muli(FACTOR);
        head(result).addi(head(inDouble(parameters)).mul(L2));
        return result;
    }

    private void assertMoves(INDArray theirStep, UpdateRule rule, List<INDArray> state) {
        tail(theirStep).addi(tail(inDouble(parameters)).mul(DECAY));
        INDArray expected = inDouble(parameters).sub(theirStep);
        INDArray average = Nd4j.randn(DataType.FLOAT, LENGTH);
        INDArray expectedAverage = inDouble(average).mul(0.7).addi(expected.mul(0.3));
        List<Run> runs = List.of(new Run(0, FIRST_RUN, L2, 0), new Run(FIRST_RUN, LENGTH - FIRST_RUN, 0, DECAY));
        kernel.apply(new Work(rule, FACTOR, parameters, gradient, state, runs), Optional.of(new Average(average, 0.7)));
        assertClose(theirStep, gradient);
        assertClose(expected, parameters);
        assertClose(expectedAverage, average);
    }

    private static INDArray inDouble(INDArray vector) {
        return vector.castTo(DataType.DOUBLE);
    }

    private static INDArray head(INDArray vector) {
        return vector.get(NDArrayIndex.interval(0, FIRST_RUN));
    }

    private static INDArray tail(INDArray vector) {
        return vector.get(NDArrayIndex.interval(FIRST_RUN, LENGTH));
    }

    private static void assertClose(INDArray expected, INDArray actual) {
        double scale = expected.amaxNumber().doubleValue();
        assertEquals(0, expected.sub(inDouble(actual)).amaxNumber().doubleValue() / scale, 1e-6);
    }
}
