package org.efficientnet4j.kernels.onednn;

import java.nio.FloatBuffer;
import org.efficientnet4j.kernels.memory.Addresses;
import org.efficientnet4j.kernels.onednn.loops.WinogradLoops;
import org.efficientnet4j.kernels.onednn.primitive.PostOperations;

/** Winograd's transforms as products by the matrices of the paper (arXiv 1509.09308, section 4.3), for any number of floats. */
public final class PlainWinograd implements WinogradLoops {
    private static final double[][] INPUT = {
        {4, 0, -5, 0, 1, 0},
        {0, -4, -4, 1, 1, 0},
        {0, 4, -4, -1, 1, 0},
        {0, -2, -1, 2, 1, 0},
        {0, 2, -1, -2, 1, 0},
        {0, 4, 0, -5, 0, 1}
    };
    private static final double[][] OUTPUT = {
        {1, 1, 1, 1, 1, 0}, {0, 1, -1, 2, -2, 0}, {0, 1, 1, 4, 4, 0}, {0, 1, -1, 8, -8, 1}
    };
    private static final double[][] WEIGHTS = {
        {1 / 4.0, 0, 0},
        {-1 / 6.0, -1 / 6.0, -1 / 6.0},
        {-1 / 6.0, 1 / 6.0, -1 / 6.0},
        {1 / 24.0, 1 / 12.0, 1 / 6.0},
        {1 / 24.0, -1 / 12.0, 1 / 6.0},
        {0, 0, 1}
    };

    @Override
    public int lanes() {
        return 1;
    }

    @Override
    public void run(Transform transform, Operands from, Operands to, int floats, int count) {
        double[][] matrix = matrix(transform);
        float[][] operands = new float[transform.operands()][floats];
        float[] result = new float[floats];
        for (int i = 0; i < count; i++) {
            for (int column = 0; column < operands.length; column++) {
                floats(from, i, column, floats).get(operands[column]);
            }
            for (int row = 0; row < matrix.length; row++) {
                for (int k = 0; k < floats; k++) {
                    double sum = 0;
                    for (int column = 0; column < operands.length; column++) {
                        sum += matrix[row][column] * operands[column][k];
                    }
                    result[k] = (float) sum;
                }
                floats(to, i, row, floats).put(result);
            }
        }
    }

    @Override
    public void finish(long from, long to, long pixels, int channels, long bias, PostOperations post) {
        int count = Math.toIntExact(pixels * channels);
        float[] values = new float[count];
        float[] before = new float[count];
        float[] shifts = new float[channels];
        Addresses.floats(from, count).get(values);
        Addresses.floats(bias, channels).get(shifts);
        if (post.sum()) {
            Addresses.floats(to, count).get(before);
        }
        for (int i = 0; i < count; i++) {
            values[i] = (float) post.activation().value(before[i] + values[i] + shifts[i % channels]);
        }
        Addresses.floats(to, count).put(values);
    }

    private static FloatBuffer floats(Operands operands, int transform, int operand, int floats) {
        return Addresses.floats(operands.address() + transform * operands.next() + operand * operands.step(), floats);
    }

    private static double[][] matrix(Transform transform) {
        return switch (transform) {
            case INPUT -> INPUT;
            case OUTPUT -> OUTPUT;
            case OUTPUT_GRADIENT -> transposed(OUTPUT);
            case WEIGHTS -> WEIGHTS;
            case FLIPPED_WEIGHTS -> flipped(WEIGHTS);
            case WEIGHT_GRADIENT -> transposed(WEIGHTS);
        };
    }

    private static double[][] transposed(double[][] matrix) {
        double[][] result = new double[matrix[0].length][matrix.length];
        for (int row = 0; row < matrix.length; row++) {
            for (int column = 0; column < matrix[row].length; column++) {
                result[column][row] = matrix[row][column];
            }
        }
        return result;
    }

    private static double[][] flipped(double[][] matrix) {
        double[][] result = new double[matrix.length][];
        for (int row = 0; row < matrix.length; row++) {
            result[row] = new double[] {matrix[row][2], matrix[row][1], matrix[row][0]};
        }
        return result;
    }
}
