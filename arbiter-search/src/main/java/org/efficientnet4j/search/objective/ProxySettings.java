package org.efficientnet4j.search.objective;

import java.io.Serializable;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.scaling.CompoundScaling;
import org.efficientnet4j.search.space.Choice;

/**
 * The stand-in training that judges a trial: the trial's network with fewer channels, on smaller and fewer images, for a
 * few epochs. Depth, width and resolution keep their ratios to the base network's.
 *
 * @param data where the images come from, as the command line writes it
 * @param size the base network's image size in pixels; a trial's is it times its resolution
 * @param examples training images to keep; 0 for all
 * @param validationExamples held-out images to keep; 0 for all
 * @param epochs passes over the training images, at least 1
 * @param batch images a step, at least 1
 * @param width multiplies the channels of every network, above 0
 * @param learningRate the peak; 0 for the optimiser's default
 */
public record ProxySettings(
        String data,
        int size,
        int examples,
        int validationExamples,
        int epochs,
        int batch,
        double width,
        double learningRate)
        implements Serializable {
    /** @throws InvalidInputException for a value outside its range */
    public ProxySettings {
        if (data == null || data.isBlank()) {
            throw new InvalidInputException("A proxy training needs images: name --data, e.g. cifar10:DIR");
        }
        atLeast("size", size, 1);
        atLeast("examples", examples, 0);
        atLeast("validation examples", validationExamples, 0);
        atLeast("epochs", epochs, 1);
        atLeast("batch", batch, 1);
        if (!(width > 0 && width <= 10)) {
            throw new InvalidInputException("The proxy's width must lie in (0, 10], found " + width);
        }
        if (!(learningRate >= 0 && learningRate < 1e6)) {
            throw new InvalidInputException("The proxy's learning rate must be positive, found " + learningRate);
        }
    }

    /** The same training on other images. */
    public ProxySettings withData(String newData) {
        return new ProxySettings(newData, size, examples, validationExamples, epochs, batch, width, learningRate);
    }

    /** The images as a source expression that cuts them to the wanted number. */
    public String source() {
        if (examples == 0 && validationExamples == 0) {
            return data;
        }
        int train = examples == 0 ? Integer.MAX_VALUE : examples;
        return "subset:" + train + (validationExamples == 0 ? "" : "/" + validationExamples) + ":" + data;
    }

    /**
     * The network that stands in for a trial's.
     *
     * @throws InvalidInputException if its images are smaller than its stride
     */
    public ModelDefinition model(ModelDefinition base, Choice choice) {
        ModelDefinition whole = choice.model(base);
        int imageSize = Math.max(1, (int) Math.round(choice.resolution() * size));
        int stride = whole.spec().stride();
        if (imageSize < stride) {
            throw new InvalidInputException("A proxy's images must be at least the network's stride of " + stride
                    + " pixels, found " + imageSize + ": choose a larger --proxy-size");
        }
        return new ModelDefinition(
                whole.name() + "_proxy",
                whole.spec(),
                new CompoundScaling(
                        whole.scaling().width() * width, whole.scaling().depth(), 1),
                whole.rounding(),
                imageSize,
                imageSize,
                0,
                whole.normalization());
    }

    private static void atLeast(String name, int value, int least) {
        if (value < least) {
            throw new InvalidInputException("The proxy's " + name + " must be at least " + least + ", found " + value);
        }
    }
}
