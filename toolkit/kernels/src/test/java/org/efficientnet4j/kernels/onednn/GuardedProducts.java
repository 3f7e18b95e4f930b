package org.efficientnet4j.kernels.onednn;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.efficientnet4j.kernels.onednn.GuardedArrays.Array;
import org.efficientnet4j.kernels.onednn.primitive.Layout;
import org.efficientnet4j.kernels.onednn.primitive.PostOperations;
import org.efficientnet4j.kernels.onednn.primitive.Primitive;
import org.efficientnet4j.kernels.onednn.primitive.Primitives;
import org.efficientnet4j.plan.Activation;

/** Matrix products as pointwise convolutions, squeeze-excite and classifier ask for them. */
final class GuardedProducts {
    private static final int[] ROWS = {1, 2, 3, 7, 16, 49};
    private static final int[] OUTPUTS = {1, 2, 7, 8, 10, 16, 24, 33, 40};
    private static final int[] LARGE = {40, 64, 144};

    /** Columns of the whole matrix that are another thread's. */
    private static final int OTHERS = 5;

    private GuardedProducts() {}

    static List<GuardedCase> cases() {
        List<GuardedCase> result = new ArrayList<>();
        for (int inputs = 1; inputs <= 33; inputs++) {
            add(result, inputs);
        }
        for (int inputs : LARGE) {
            add(result, inputs);
        }
        return result;
    }

    private static void add(List<GuardedCase> cases, int inputs) {
        for (int i = 0; i < ROWS.length; i++) {
            int n = ROWS[i];
            int outputs = OUTPUTS[(inputs + i) % OUTPUTS.length];
            Matrix input = Matrix.of(n, inputs);
            Matrix output = Matrix.of(n, outputs);
            Matrix weights = Matrix.of(outputs, inputs);
            cases.add(product(input, weights.transpose(), output));
            cases.add(product(output, weights, input));
            cases.add(product(output.partOf(outputs + OTHERS).transpose(), input, Matrix.of(outputs, inputs)));
            cases.add(product(output.transpose(), input.partOf(inputs + OTHERS), weights.partOf(inputs + OTHERS)));
            cases.add(product(output, weights.partOf(inputs + OTHERS), input.partOf(inputs + OTHERS)));
            for (PostOperations post : List.of(
                    PostOperations.NONE, PostOperations.of(Activation.SWISH), PostOperations.of(Activation.SIGMOID))) {
                cases.add(withBias(input, weights.transpose(), output, post));
            }
            cases.add(withBias(input, weights.transpose(), output.partOf(outputs + OTHERS), PostOperations.NONE));
        }
    }

    /**
     * A matrix in memory.
     *
     * @param stride the distance in memory of neighbouring rows or, of a transposed one, columns
     */
    private record Matrix(int rows, int columns, int stride, boolean transposed) {
        static Matrix of(int rows, int columns) {
            return new Matrix(rows, columns, columns, false);
        }

        Matrix partOf(int allColumns) {
            return new Matrix(rows, columns, allColumns, false);
        }

        Matrix transpose() {
            return new Matrix(/* rows= */ columns, /* columns= */ rows, stride, !transposed);
        }

        Layout layout() {
            if (stride > (transposed ? rows : columns)) {
                return transposed
                        ? Layout.transposedColumns(/* rows= */ columns, /* columns= */ rows, stride)
                        : Layout.columns(rows, columns, stride);
            }
            return transposed ? Layout.transposed(rows, columns) : Layout.matrix(rows, columns);
        }

        int index(int row, int column) {
            return transposed ? column * stride + row : row * stride + column;
        }

        /** Floats from the first to the last, which are not all the matrix's own. */
        int length() {
            return index(rows - 1, columns - 1) + 1;
        }

        @Override
        public String toString() {
            return "[%d, %d%s]%s"
                    .formatted(
                            rows,
                            columns,
                            stride > (transposed ? rows : columns) ? " of " + stride : "",
                            transposed ? "'" : "");
        }
    }

    private static GuardedCase product(Matrix left, Matrix right, Matrix result) {
        return new GuardedCase("product " + left + " x " + right + " = " + result, arrays -> {
            try (Layout leftLayout = left.layout();
                    Layout rightLayout = right.layout();
                    Layout resultLayout = result.layout();
                    Primitive product = Primitives.product(leftLayout, rightLayout, resultLayout)) {
                run(product, left, right, result, Optional.empty(), PostOperations.NONE, arrays);
            }
        });
    }

    private static GuardedCase withBias(Matrix left, Matrix right, Matrix result, PostOperations post) {
        String name = "product with bias and " + post + " " + left + " x " + right + " = " + result;
        return new GuardedCase(name, arrays -> {
            try (Layout leftLayout = left.layout();
                    Layout rightLayout = right.layout();
                    Layout bias = Layout.matrix(1, result.columns());
                    Layout resultLayout = result.layout();
                    Primitive product = Primitives.productWithBias(leftLayout, rightLayout, bias, resultLayout, post)) {
                Optional<float[]> values = Optional.of(GuardedCase.values(result.columns()));
                run(product, left, right, result, values, post, arrays);
            }
        });
    }

    private static void run(
            Primitive product,
            Matrix left,
            Matrix right,
            Matrix result,
            Optional<float[]> bias,
            PostOperations post,
            GuardedArrays arrays) {
        float[] lefts = GuardedCase.values(left.length());
        float[] rights = GuardedCase.values(right.length());
        Array output = arrays.output(result.length());
        if (bias.isPresent()) {
            product.execute(arrays.input(lefts), arrays.input(rights), arrays.input(bias.get()), output.address());
        } else {
            product.execute(arrays.input(lefts), arrays.input(rights), output.address());
        }
        float[] found = output.read();
        double[] expected = new double[result.rows() * result.columns()];
        float[] actual = new float[expected.length];
        int untouched = found.length - expected.length;
        for (int i = 0; i < expected.length; i++) {
            int row = i / result.columns();
            int column = i % result.columns();
            expected[i] = bias.isPresent() ? bias.get()[column] : 0;
            for (int k = 0; k < left.columns(); k++) {
                expected[i] += (double) lefts[left.index(row, k)] * rights[right.index(k, column)];
            }
            expected[i] = post.activation().value(expected[i]);
            actual[i] = found[result.index(row, column)];
        }
        GuardedCase.assertClose("result", expected, actual, left.columns());
        int kept = 0;
        for (float value : found) {
            kept += GuardedMemory.isUntouched(value) ? 1 : 0;
        }
        if (kept != untouched) {
            throw new AssertionError(
                    "Of the columns around the result, " + untouched + " numbers must be kept, found " + kept);
        }
    }
}
