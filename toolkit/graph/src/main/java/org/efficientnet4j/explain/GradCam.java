package org.efficientnet4j.explain;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.graph.LogitGradient;
import org.efficientnet4j.models.ModelDefinition;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Gradient-weighted class activation maps: where a feature map speaks for a class. The map's channels are added up, each
 * times the mean over its pixels of the gradient of the class's logit, and what is below 0 is cut off.
 *
 * <p>Source: Grad-CAM (arXiv 1610.02391), section 3.
 *
 * <pre>{@code
 * GradCam cam = new GradCam(network, model, ExplainedLayers.LAST);
 * GradCam.Outputs outputs = cam.forward(images);
 * SaliencyMap cat = cam.maps(outputs, new int[] {281}).get(0);
 * }</pre>
 */
public final class GradCam {
    private final LogitGradient gradient;

    /**
     * Maps of a layer.
     *
     * @param network built from the model; copied
     * @param model what it was built from
     * @param layer a name of {@link ExplainedLayers}
     * @throws InvalidInputException for an unknown layer
     */
    public GradCam(ComputationGraph network, ModelDefinition model, String layer) {
        this.gradient = new LogitGradient(network, ExplainedLayers.vertex(model, layer));
    }

    /** Logits of a batch of images, and class activation maps from them. */
    public static final class Outputs {
        private final LogitGradient.Maps maps;

        private Outputs(LogitGradient.Maps maps) {
            this.maps = maps;
        }

        /** {@code [N, classes]}. */
        public INDArray probabilities() {
            return maps.probabilities();
        }

        /** The layer's feature maps, {@code [N, H, W, C]}. */
        public INDArray activations() {
            return maps.activations();
        }
    }

    /**
     * Runs images through the network.
     *
     * @param images {@code [N, C, H, W]}, normalised
     */
    public Outputs forward(INDArray images) {
        return new Outputs(gradient.of(images));
    }

    /**
     * The maps of one class an image.
     *
     * @param outputs at the images
     * @param classes the class of each image, from 0
     * @throws InvalidInputException for a class that the network does not have
     */
    public List<SaliencyMap> maps(Outputs outputs, int[] classes) {
        long count = outputs.probabilities().size(1);
        for (int label : classes) {
            if (label < 0 || label >= count) {
                throw new InvalidInputException(
                        "A class must be one of the network's 0 to " + (count - 1) + ", found " + label);
            }
        }
        INDArray activations = outputs.maps.activations();
        INDArray weights = gradient.of(outputs.maps, classes).mean(true, 1, 2);
        INDArray sums = activations.mul(weights).sum(3);
        List<SaliencyMap> result = new ArrayList<>();
        int height = (int) activations.size(1);
        int width = (int) activations.size(2);
        for (int image = 0; image < classes.length; image++) {
            float[] values = sums.slice(image).dup('c').data().asFloat();
            for (int i = 0; i < values.length; i++) {
                values[i] = Math.max(0, values[i]);
            }
            result.add(new SaliencyMap(height, width, values));
        }
        return result;
    }
}
