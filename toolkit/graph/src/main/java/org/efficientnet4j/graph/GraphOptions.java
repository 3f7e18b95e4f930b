package org.efficientnet4j.graph;

import java.util.Objects;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.kernels.KernelProviders;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.plan.Padding;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * Options of a graph beyond its architecture.
 *
 * @param classes the classifier's outputs; 0 for no head: the graph's outputs are then the feature maps of every stride
 * @param classifierInit the range of the classifier's first weights
 * @param zeroInitResidual whether the last batch norm of every residual branch starts with gamma 0 instead of 1, so that a
 *     new network begins as a short one and learns from its first steps on (arXiv 1706.02677, section 5.1); not as published
 * @param padding where the convolutions' zeros go; imported weights decide which
 * @param batchNormEpsilon added to variances, 1e-3 as published (torchvision's B0 to B4: 1e-5)
 * @param batchNormDecay the weight of the OLD running statistic, .99 as published
 * @param dropout drop rate before the classifier, in [0, 1)
 * @param dropConnectRate stochastic depth of the last block, in [0, 1); linear over the blocks
 * @param weightDecay decoupled weight decay, on convolution and dense kernels only
 * @param updater DL4J's optimiser
 * @param seed of initial weights, dropout and stochastic depth
 * @param dataType FLOAT, or DOUBLE for numerical checks
 * @param kernels the kernels' name, see {@link KernelProviders}
 * @param inputGradient whether the backward pass goes through to the images (saliency maps); training saves it
 */
public record GraphOptions(
        int classes,
        ClassifierInit classifierInit,
        boolean zeroInitResidual,
        Padding padding,
        double batchNormEpsilon,
        double batchNormDecay,
        double dropout,
        double dropConnectRate,
        double weightDecay,
        IUpdater updater,
        long seed,
        DataType dataType,
        String kernels,
        boolean inputGradient) {
    /** @throws InvalidInputException for a value out of range */
    public GraphOptions {
        if (classes < 0) {
            throw new InvalidInputException("classes must be at least 0 (0 = no head), found " + classes);
        }
        if (!(batchNormEpsilon > 0)) {
            throw new InvalidInputException("Batch norm's epsilon must be above 0, found " + batchNormEpsilon);
        }
        rate("Batch norm's decay", batchNormDecay);
        rate("dropout", dropout);
        rate("The drop-connect rate", dropConnectRate);
        if (!(weightDecay >= 0)) {
            throw new InvalidInputException("Weight decay must be at least 0, found " + weightDecay);
        }
        if (dataType != DataType.FLOAT && dataType != DataType.DOUBLE) {
            throw new InvalidInputException(
                    "dataType must be FLOAT or DOUBLE, found " + dataType + ": networks of fewer bits train to NaN");
        }
        Objects.requireNonNull(classifierInit);
        Objects.requireNonNull(padding);
        Objects.requireNonNull(updater);
        Objects.requireNonNull(dataType);
        Objects.requireNonNull(kernels);
    }

    /** The published settings for an ImageNet classifier. */
    public static Builder builder() {
        return new Builder();
    }

    /** The published settings with a model's own dropout and batch norm. */
    public static Builder builder(ModelDefinition model) {
        return new Builder()
                .dropout(model.dropout())
                .batchNormEpsilon(model.batchNorm().epsilon())
                .batchNormDecay(model.batchNorm().decay());
    }

    private static void rate(String name, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new InvalidInputException(name + " must lie in [0, 1), found " + value);
        }
    }

    /** Collects options; each method overrides a default, meanings as in {@link GraphOptions}. */
    public static final class Builder {
        private int classes = 1000;
        private ClassifierInit classifierInit = ClassifierInit.PUBLISHED;
        private boolean zeroInitResidual;
        private Padding padding = Padding.SAME;
        private double batchNormEpsilon = 1e-3;
        private double batchNormDecay = 0.99;
        private double dropout = 0.2;
        private double dropConnectRate = 0.2;
        private double weightDecay;
        private IUpdater updater = new Adam(1e-3);
        private long seed;
        private DataType dataType = DataType.FLOAT;
        private String kernels = KernelProviders.AUTOMATIC;
        private boolean inputGradient;

        private Builder() {}

        /** Default 1000. */
        public Builder classes(int value) {
            this.classes = value;
            return this;
        }

        /** Default PUBLISHED. */
        public Builder classifierInit(ClassifierInit value) {
            this.classifierInit = value;
            return this;
        }

        /** Default false. */
        public Builder zeroInitResidual(boolean value) {
            this.zeroInitResidual = value;
            return this;
        }

        /** Default SAME. */
        public Builder padding(Padding value) {
            this.padding = value;
            return this;
        }

        /** Default 1e-3. */
        public Builder batchNormEpsilon(double value) {
            this.batchNormEpsilon = value;
            return this;
        }

        /** Default .99. */
        public Builder batchNormDecay(double value) {
            this.batchNormDecay = value;
            return this;
        }

        /** Default the model's, else .2. */
        public Builder dropout(double value) {
            this.dropout = value;
            return this;
        }

        /** Default .2. */
        public Builder dropConnectRate(double value) {
            this.dropConnectRate = value;
            return this;
        }

        /** Default 0. */
        public Builder weightDecay(double value) {
            this.weightDecay = value;
            return this;
        }

        /** Default Adam at 1e-3. */
        public Builder updater(IUpdater value) {
            this.updater = value;
            return this;
        }

        /** Default 0. */
        public Builder seed(long value) {
            this.seed = value;
            return this;
        }

        /** Default FLOAT. */
        public Builder dataType(DataType value) {
            this.dataType = value;
            return this;
        }

        /** Default the fastest that runs. */
        public Builder kernels(String value) {
            this.kernels = value;
            return this;
        }

        /** Default false. */
        public Builder inputGradient(boolean value) {
            this.inputGradient = value;
            return this;
        }

        /** The options. */
        public GraphOptions build() {
            return new GraphOptions(
                    classes,
                    classifierInit,
                    zeroInitResidual,
                    padding,
                    batchNormEpsilon,
                    batchNormDecay,
                    dropout,
                    dropConnectRate,
                    weightDecay,
                    updater,
                    seed,
                    dataType,
                    kernels,
                    inputGradient);
        }
    }
}
