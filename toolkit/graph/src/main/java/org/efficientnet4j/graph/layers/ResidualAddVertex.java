package org.efficientnet4j.graph.layers;

import java.util.SplittableRandom;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.efficientnet4j.kernels.KernelProviders;
import org.efficientnet4j.kernels.ResidualKernel;
import org.efficientnet4j.plan.Activation;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Run-time half of {@link ResidualAdd}. */
@SuppressWarnings("overrides") // DL4J's base class and its interface disagree about setInputs' varargs
final class ResidualAddVertex extends PlainVertex {
    private static final long serialVersionUID = 1L;

    private static final int ALL_AXES = 4;

    private final ResidualAdd configuration;
    private final transient ResidualKernel residual;
    private transient float[] scale;
    private transient INDArray result;
    private transient Boolean sharesGradient;

    ResidualAddVertex(ComputationGraph graph, String name, int index, DataType type, ResidualAdd configuration) {
        super(graph, name, index, type);
        this.configuration = configuration;
        this.residual =
                KernelProviders.choose(configuration.getKernels(), type).residual(configuration.getActivation());
    }

    Activation activation() {
        return configuration.getActivation();
    }

    @Override
    public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
        LayerArrays arrays = LayerArrays.forward(workspaces, dataType);
        InputChecks.agree(vertexName, inputs, ALL_AXES);
        INDArray branch = arrays.contiguous(inputs[0]);
        double dropRate = configuration.currentDropRate();
        scale = training && dropRate > 0 ? drawScale((int) branch.size(0), dropRate) : null;
        result = residual.forward(branch, arrays.contiguous(inputs[1]), scale, arrays);
        return result;
    }

    @Override
    public Pair<Gradient, INDArray[]> doBackward(boolean truncated, LayerWorkspaceMgr workspaces) {
        LayerArrays arrays = LayerArrays.backward(workspaces, dataType);
        if (scale == null && result != null && sharesGradient()) {
            INDArray gradient = residual.sharedGradient(
                    arrays.contiguous(inputs[0]),
                    arrays.contiguous(inputs[1]),
                    result,
                    arrays.contiguous(epsilon),
                    arrays);
            return new Pair<>(null, new INDArray[] {gradient, gradient});
        }
        ResidualKernel.Gradients gradients = residual.backward(
                arrays.contiguous(inputs[0]), arrays.contiguous(inputs[1]), arrays.contiguous(epsilon), scale, arrays);
        return new Pair<>(null, new INDArray[] {gradients.branch(), gradients.shortcut()});
    }

    @Override
    public void clear() {
        super.clear();
        result = null;
    }

    private boolean sharesGradient() {
        if (sharesGradient == null) {
            sharesGradient = SharedGradient.isSafe(graph, vertexName);
        }
        return sharesGradient;
    }

    private float[] drawScale(int examples, double dropRate) {
        SplittableRandom generator = StepRandom.of(
                configuration.getSeed(), vertexName, graph.getConfiguration().getIterationCount());
        float kept = (float) (1 / (1 - dropRate));
        float[] factors = new float[examples];
        for (int example = 0; example < examples; example++) {
            factors[example] = generator.nextDouble() < dropRate ? 0 : kept;
        }
        return factors;
    }

    @Override
    public String toString() {
        return "ResidualAdd(name=" + vertexName + ", dropRate=" + configuration.getDropRate() + ")";
    }
}
