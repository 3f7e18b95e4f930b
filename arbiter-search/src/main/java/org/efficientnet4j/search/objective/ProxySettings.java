package org.efficientnet4j.search.objective;

import java.io.Serializable;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.search.space.Choice;

/**
 * The stand-in training that judges a trial: the trial's network with fewer channels, on smaller and fewer images, for a
 * few epochs. Depth, width and resolution keep their ratios to the base network's, exactly or, where the stand-in is fitted
 * to the whole network's cost, nearly.
 *
 * @param data where the images come from, as the command line writes it
 * @param size the base network's image size in pixels; a trial's is it times its resolution
 * @param examples training images to keep; 0 for all
 * @param validationExamples held-out images to keep; 0 for all
 * @param epochs passes over the training images, at least 1
 * @param batch images a step, at least 1
 * @param width multiplies the channels of every network, above 0
 * @param learningRate the peak; 0 for the optimiser's default
 * @param fit how the stand-in's shape follows from the trial's
 * @param selection the share of the training images, in [0, 1), that is held out of training to choose by, so that the
 *     data's own held-out images stay untouched; 0 to choose by those
 */
public record ProxySettings(
        String data,
        int size,
        int examples,
        int validationExamples,
        int epochs,
        int batch,
        double width,
        double learningRate,
        ProxyFit fit,
        double selection)
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
        if (fit == null) {
            throw new InvalidInputException("A proxy training must have a fit, found none");
        }
        if (!(selection >= 0 && selection < 1)) {
            throw new InvalidInputException("The share to select by must lie in [0, 1), found " + selection);
        }
    }

    /**
     * A training as studies had it before fits and selection parts: proportional stand-ins, judged by the images that the
     * data itself holds out.
     *
     * @throws InvalidInputException for a value outside its range
     */
    public ProxySettings(
            String data,
            int size,
            int examples,
            int validationExamples,
            int epochs,
            int batch,
            double width,
            double learningRate) {
        this(data, size, examples, validationExamples, epochs, batch, width, learningRate, ProxyFit.PROPORTIONAL, 0);
    }

    /** The same training on other images. */
    public ProxySettings withData(String newData) {
        return new ProxySettings(
                newData, size, examples, validationExamples, epochs, batch, width, learningRate, fit, selection);
    }

    /** The images as a source expression that cuts them to the wanted number. */
    public String source() {
        if (selection > 0) {
            return examples == 0 ? divided() : "subset:" + examples + ":" + divided();
        }
        if (examples == 0 && validationExamples == 0) {
            return data;
        }
        int train = examples == 0 ? Integer.MAX_VALUE : examples;
        return "subset:" + train + (validationExamples == 0 ? "" : "/" + validationExamples) + ":" + data;
    }

    /**
     * The images as a source expression with all parts whole: what is trained on, what is chosen by and what is left for
     * the last judgement.
     */
    public String divided() {
        if (selection == 0) {
            return data;
        }
        return "selection:" + (validationExamples == 0 ? String.valueOf(selection) : validationExamples) + ":" + data;
    }

    /**
     * The network that stands in for a trial's.
     *
     * @throws InvalidInputException if its images are smaller than its stride, or the stride is none it can have
     */
    public ModelDefinition model(ModelDefinition base, Choice choice) {
        return new StandIns(this, base).model(choice);
    }

    private static void atLeast(String name, int value, int least) {
        if (value < least) {
            throw new InvalidInputException("The proxy's " + name + " must be at least " + least + ", found " + value);
        }
    }
}
