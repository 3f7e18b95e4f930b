package org.efficientnet4j.graph;

import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.efficientnet4j.graph.layers.FoldedNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A feature map in inference, and the gradients of classes' logits by it: what Grad-CAM and other explanations are made of.
 * Batch norm uses its running statistics, nothing is dropped. One thread at a time.
 *
 * <pre>{@code
 * LogitGradient gradient = new LogitGradient(network, "top");
 * LogitGradient.Maps maps = gradient.of(images);
 * INDArray byMap = gradient.of(maps, new int[] {281}); // class 281's logit
 * }</pre>
 */
public final class LogitGradient {
    private final Epsilon epsilon;
    private final ComputationGraph before;
    private final ComputationGraph behind;

    /**
     * The gradients by the output of a vertex.
     *
     * @param network initialised, of the toolkit's layers, with one softmax output; copied
     * @param vertex a feature map through which everything behind it learns of the images
     * @throws IllegalArgumentException for a vertex that the network does not have, or that others go past
     */
    public LogitGradient(ComputationGraph network, String vertex) {
        ComputationGraph folded = FoldedNetwork.of(network);
        this.before = Subgraph.upTo(folded, List.of(vertex));
        this.behind = Subgraph.behindWithGradient(folded, vertex);
        this.epsilon = new Epsilon(vertex);
        behind.setListeners(epsilon);
    }

    /**
     * Images' feature maps.
     *
     * @param activations {@code [N, H, W, C]}
     * @param probabilities {@code [N, classes]}
     */
    public record Maps(INDArray activations, INDArray probabilities) {}

    /**
     * The feature maps and probabilities of images.
     *
     * @param images {@code [N, C, H, W]}, normalised
     */
    public Maps of(INDArray images) {
        INDArray activations = before.outputSingle(images).dup('c');
        return new Maps(activations, behind.outputSingle(activations).dup('c'));
    }

    /**
     * The gradients of one logit an image.
     *
     * @param maps of the images
     * @param classes the class of each image
     * @return {@code [N, H, W, C]}
     */
    public INDArray of(Maps maps, int[] classes) {
        if (classes.length != maps.activations().size(0)) {
            throw new IllegalArgumentException("There must be one class an image, found " + classes.length
                    + " classes for " + maps.activations().size(0) + " images");
        }
        // The cross-entropy's gradient by the logits is probabilities - labels: here, 1 for the class and 0 for the
        // others.
        INDArray labels = maps.probabilities().dup('c');
        for (int image = 0; image < classes.length; image++) {
            labels.putScalar(image, classes[image], labels.getFloat(image, classes[image]) - 1);
        }
        behind.setInputs(maps.activations());
        behind.setLabels(labels);
        behind.computeGradientAndScore();
        return epsilon.last;
    }

    /** Copies the gradient by a vertex's output before DL4J clears it. */
    private static final class Epsilon extends BaseTrainingListener {
        private final String vertex;
        private INDArray last;

        Epsilon(String vertex) {
            this.vertex = vertex;
        }

        @Override
        public void onBackwardPass(Model network) {
            last = ((ComputationGraph) network).getVertex(vertex).getEpsilon().dup('c');
        }
    }
}
