package org.efficientnet4j.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Adds up how a network's probabilities compare with the truth, a batch at a time.
 *
 * <p>Ties go to the class with the lower index, for top-1, top-5 and the confusion matrix alike. An example whose
 * probabilities are not all finite counts as wrong, appears in {@link #undefined()} and not in the confusion matrix, and
 * makes the loss NaN. Probabilities below {@link Float#MIN_NORMAL} count as that, so one example costs at most 87.3.
 */
public final class PredictionTally {
    private static final int TOP = 5;

    private final int[][] confusion;
    private int examples;
    private int undefined;
    private int firstRight;
    private int amongTopFive;
    private double lossSum;

    /** @param classes how many there are, at least 1 */
    public PredictionTally(int classes) {
        if (classes < 1) {
            throw new IllegalArgumentException("At least 1 class is needed, found " + classes);
        }
        confusion = new int[classes][classes];
    }

    /**
     * Counts one batch.
     *
     * @param probabilities softmax outputs, {@code [N, classes]}
     * @param targets one-hot or mixed labels, {@code [N, classes]}; the largest is the true class
     * @throws IllegalArgumentException if the shapes differ from {@code [N, classes]}
     */
    public void add(INDArray probabilities, INDArray targets) {
        requireShape(probabilities, "probabilities");
        requireShape(targets, "targets");
        if (probabilities.size(0) != targets.size(0)) {
            throw new IllegalArgumentException("As many targets as probabilities are needed, found " + targets.size(0)
                    + " and " + probabilities.size(0));
        }
        float[][] predicted = probabilities.toFloatMatrix();
        float[][] wanted = targets.toFloatMatrix();
        for (int row = 0; row < predicted.length; row++) {
            add(predicted[row], wanted[row]);
        }
    }

    private void requireShape(INDArray array, String what) {
        if (array.rank() != 2 || array.size(1) != confusion.length) {
            throw new IllegalArgumentException("The " + what + " must have the shape [N, " + confusion.length
                    + "], found " + Arrays.toString(array.shape()));
        }
    }

    private void add(float[] predicted, float[] wanted) {
        examples++;
        lossSum += crossEntropy(predicted, wanted);
        if (!allFinite(predicted)) {
            undefined++;
            return;
        }
        int truth = argmax(wanted);
        confusion[truth][argmax(predicted)]++;
        int rank = rank(predicted, truth);
        firstRight += rank == 0 ? 1 : 0;
        amongTopFive += rank < TOP ? 1 : 0;
    }

    private static double crossEntropy(float[] predicted, float[] wanted) {
        double sum = 0;
        for (int c = 0; c < wanted.length; c++) {
            if (wanted[c] != 0) {
                sum -= wanted[c] * Math.log(Math.max(predicted[c], Float.MIN_NORMAL));
            }
        }
        return sum;
    }

    private static boolean allFinite(float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    private static int argmax(float[] values) {
        int best = 0;
        for (int c = 1; c < values.length; c++) {
            if (values[c] > values[best]) {
                best = c;
            }
        }
        return best;
    }

    /** How many classes come before the given one. */
    private static int rank(float[] values, int of) {
        int before = 0;
        for (int c = 0; c < values.length; c++) {
            if (values[c] > values[of] || (values[c] == values[of] && c < of)) {
                before++;
            }
        }
        return before;
    }

    /** How many examples were counted. */
    public int examples() {
        return examples;
    }

    /** How many of them had a probability that is not a finite number. */
    public int undefined() {
        return undefined;
    }

    /** The share whose most probable class is the true one, in [0, 1]; 0 for no examples. */
    public double top1() {
        return examples == 0 ? 0 : (double) firstRight / examples;
    }

    /** The share whose true class is among the five most probable, in [0, 1]; 1 for five classes or fewer. */
    public double top5() {
        return examples == 0 ? 0 : (double) amongTopFive / examples;
    }

    /** The mean cross-entropy in nats; NaN for no examples or an undefined one. */
    public double loss() {
        return undefined > 0 ? Double.NaN : lossSum / examples;
    }

    /**
     * The figures so far.
     *
     * @param labels the classes' names in order
     * @throws IllegalArgumentException unless there is one label a class
     */
    public EvaluationResult result(List<String> labels) {
        List<List<Integer>> rows = new ArrayList<>();
        for (int[] row : confusion) {
            rows.add(Arrays.stream(row).boxed().toList());
        }
        return new EvaluationResult(top1(), top5(), loss(), examples, undefined, labels, rows);
    }
}
