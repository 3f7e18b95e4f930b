package org.efficientnet4j.features;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.efficientnet4j.report.CsvCells;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Features as CSV (RFC 4180, line feeds): image, label, a column a number, which Java and NumPy read back exactly. */
final class CsvRows implements Embeddings.Rows {
    private final OutputStream out;
    private boolean begun;

    CsvRows(OutputStream out) {
        this.out = out;
    }

    @Override
    public void add(String image, String label, INDArray features) throws IOException {
        float[] values = Embeddings.vector(features);
        if (!begun) {
            begun = true;
            write(header(values.length));
        }
        StringBuilder row =
                new StringBuilder(CsvCells.quoted(image)).append(',').append(CsvCells.quoted(label));
        for (float value : values) {
            row.append(',').append(value);
        }
        write(row.append('\n'));
    }

    private static StringBuilder header(int columns) {
        StringBuilder header = new StringBuilder("image,label");
        for (int column = 0; column < columns; column++) {
            header.append(",f").append(column);
        }
        return header.append('\n');
    }

    private void write(CharSequence text) throws IOException {
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
