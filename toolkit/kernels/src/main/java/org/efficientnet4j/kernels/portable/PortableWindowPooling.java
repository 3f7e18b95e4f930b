package org.efficientnet4j.kernels.portable;

import java.util.List;
import org.efficientnet4j.kernels.ArrayAllocator;
import org.efficientnet4j.kernels.PoolingSettings;
import org.efficientnet4j.kernels.PoolingSettings.Window;
import org.efficientnet4j.kernels.WindowPoolingKernel;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Pooling window by window. */
record PortableWindowPooling(PoolingSettings settings) implements WindowPoolingKernel {
    @Override
    public INDArray forward(INDArray input, ArrayAllocator arrays) {
        List<Window> rows = settings.rows((int) input.size(1));
        List<Window> columns = settings.columns((int) input.size(2));
        INDArray result = arrays.activations(input.size(0), rows.size(), columns.size(), input.size(3));
        for (int row = 0; row < rows.size(); row++) {
            for (int column = 0; column < columns.size(); column++) {
                INDArray window = window(input, rows.get(row), columns.get(column));
                INDArray pooled = settings.maximum()
                        ? window.max(1, 2)
                        : window.sum(1, 2).divi(count(rows.get(row), columns.get(column)));
                pixel(result, row, column).assign(pooled);
            }
        }
        return result;
    }

    @Override
    public INDArray backward(INDArray input, INDArray epsilon, ArrayAllocator arrays) {
        List<Window> rows = settings.rows((int) input.size(1));
        List<Window> columns = settings.columns((int) input.size(2));
        INDArray result = arrays.gradient(input.shape()).assign(0);
        for (int row = 0; row < rows.size(); row++) {
            for (int column = 0; column < columns.size(); column++) {
                INDArray given = pixel(epsilon, row, column).dup('c');
                if (settings.maximum()) {
                    addToMaximum(input, result, rows.get(row), columns.get(column), given);
                } else {
                    INDArray share = given.divi(count(rows.get(row), columns.get(column)))
                            .reshape('c', given.size(0), 1, 1, given.size(1));
                    window(result, rows.get(row), columns.get(column)).addi(share);
                }
            }
        }
        return result;
    }

    /** Hands each channel's gradient to the first pixel that has the window's maximum. */
    private static void addToMaximum(INDArray input, INDArray result, Window rows, Window columns, INDArray given) {
        INDArray largest = window(input, rows, columns).max(1, 2);
        for (int row = rows.first(); row < rows.end(); row++) {
            for (int column = columns.first(); column < columns.end(); column++) {
                INDArray here = pixel(input, row, column)
                        .dup('c')
                        .eq(largest)
                        .castTo(given.dataType())
                        .muli(given);
                pixel(result, row, column).addi(here);
                given.subi(here);
            }
        }
    }

    private static double count(Window rows, Window columns) {
        return (double) rows.counted() * columns.counted();
    }

    private static INDArray window(INDArray images, Window rows, Window columns) {
        return images.get(
                NDArrayIndex.all(),
                NDArrayIndex.interval(rows.first(), rows.end()),
                NDArrayIndex.interval(columns.first(), columns.end()),
                NDArrayIndex.all());
    }

    /** {@code [N, C]}. */
    private static INDArray pixel(INDArray images, int row, int column) {
        return images.get(NDArrayIndex.all(), NDArrayIndex.point(row), NDArrayIndex.point(column), NDArrayIndex.all())
                .reshape(images.size(0), images.size(3));
    }
}
