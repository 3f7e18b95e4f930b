package org.efficientnet4j.data.augment;

import java.util.random.RandomGenerator;
import org.efficientnet4j.core.InvalidInputException;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Mixup and cutmix: each image is mixed with the one at its place in the reversed batch, labels in the same shares. Mixup
 * averages the two with a share drawn from Beta(alpha, alpha), the larger part being the image's own; cutmix pastes a
 * rectangle of the partner whose share of the area is drawn so, and labels go by what was really pasted. With both, each
 * batch takes one of them by chance.
 *
 * <p>Source: arXiv 1710.09412 (mixup), 1905.04899 (cutmix); shares and partners as in google/automl {@code efficientnetv2}.
 *
 * @param mixup alpha, at least 0; 0 for no mixup
 * @param cutmix alpha, at least 0; 0 for no cutmix
 */
public record BatchMixing(double mixup, double cutmix) implements BatchOperation {
    /** @throws InvalidInputException for an alpha that is negative or not a finite number */
    public BatchMixing {
        require("mixup", mixup);
        require("cutmix", cutmix);
    }

    private static void require(String name, double alpha) {
        if (!(alpha >= 0 && alpha < Double.POSITIVE_INFINITY)) {
            throw new InvalidInputException(name + "'s alpha must be a number of at least 0, found " + alpha);
        }
    }

    @Override
    public void apply(INDArray features, INDArray labels, RandomGenerator random) {
        if (mixup == 0 && cutmix == 0) {
            return;
        }
        boolean paste = mixup == 0 || (cutmix > 0 && random.nextBoolean());
        INDArray images = features.dup();
        INDArray targets = labels.dup();
        int count = (int) features.size(0);
        for (int i = 0; i < count; i++) {
            int partner = count - 1 - i;
            double own =
                    paste ? paste(features, images, i, partner, random) : average(features, images, i, partner, random);
            mix(labels, targets, i, partner, own);
        }
    }

    private double average(INDArray features, INDArray images, int i, int partner, RandomGenerator random) {
        double share = BetaSampler.sample(mixup, random);
        double own = Math.max(share, 1 - share);
        mix(features, images, i, partner, own);
        return own;
    }

    private static void mix(INDArray into, INDArray from, int i, int partner, double own) {
        INDArray mixed = from.slice(i).mul(own).addi(from.slice(partner).mul(1 - own));
        into.slice(i).assign(mixed);
    }

    private double paste(INDArray features, INDArray images, int i, int partner, RandomGenerator random) {
        int height = (int) features.size(1);
        int width = (int) features.size(2);
        double side = Math.sqrt(1 - BetaSampler.sample(cutmix, random));
        Span rows = Span.around(random.nextInt(height), side, height);
        Span columns = Span.around(random.nextInt(width), side, width);
        if (rows.length() == 0 || columns.length() == 0) {
            return 1;
        }
        INDArrayIndex[] target = {
            NDArrayIndex.point(i), rows.index(), columns.index(), NDArrayIndex.all(),
        };
        INDArrayIndex[] source = {
            NDArrayIndex.point(partner), rows.index(), columns.index(), NDArrayIndex.all(),
        };
        features.get(target).assign(images.get(source));
        return 1 - (double) rows.length() * columns.length() / ((double) height * width);
    }

    /** Pixels from a first to before an end. */
    private record Span(int start, int end) {
        static Span around(int centre, double share, int size) {
            int half = (int) (share * size / 2);
            return new Span(Math.max(0, centre - half), Math.min(size, centre + half));
        }

        int length() {
            return end - start;
        }

        INDArrayIndex index() {
            return NDArrayIndex.interval(start, end);
        }
    }
}
