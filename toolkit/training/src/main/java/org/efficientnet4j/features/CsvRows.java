package org.efficientnet4j.features;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.efficientnet4j.report.CsvFiles;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Features as CSV: image, label, a column a number, which Java and NumPy read back exactly. */
final class CsvRows implements Embeddings.Rows {
    private final CsvWriter rows;
    private boolean begun;

    CsvRows(OutputStream out) {
        this.rows = CsvFiles.writer(out);
    }

    @Override
    public void add(String image, String label, INDArray features) {
        float[] values = Embeddings.vector(features);
        if (!begun) {
            begun = true;
            rows.writeRecord(header(values.length));
        }
        List<String> row = new ArrayList<>(List.of(image, label));
        for (float value : values) {
            row.add(Float.toString(value));
        }
        rows.writeRecord(row);
    }

    /** Writes what is still held back. */
    void finish() throws IOException {
        rows.flush();
    }

    private static List<String> header(int columns) {
        List<String> header = new ArrayList<>(List.of("image", "label"));
        for (int column = 0; column < columns; column++) {
            header.add("f" + column);
        }
        return header;
    }
}
