package org.efficientnet4j.features;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.report.CsvFiles;
import org.efficientnet4j.weights.NpyFile;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Features as rows of a NumPy array whose number is known at the end, when the header is written; names beside it. */
final class NpyRows implements Embeddings.Rows {
    private static final int HEADER_BYTES = 192;

    private final FileChannel file;
    private final CsvWriter names;
    private long[] shape;
    private ByteBuffer row;
    private long rows;

    NpyRows(FileChannel file, OutputStream names) {
        this.file = file;
        this.names = CsvFiles.writer(names);
    }

    @Override
    public void add(String image, String label, INDArray features) throws IOException {
        if (shape == null) {
            shape = features.shape();
            row = ByteBuffer.allocate(Math.toIntExact(features.length() * Float.BYTES))
                    .order(ByteOrder.LITTLE_ENDIAN);
            file.position(HEADER_BYTES);
            names.writeRecord("image", "label");
        }
        if (!Arrays.equals(shape, features.shape())) {
            throw new InvalidInputException("All images must have features of one shape, found "
                    + Arrays.toString(shape) + " and " + Arrays.toString(features.shape()));
        }
        row.clear();
        row.asFloatBuffer().put(Embeddings.values(features));
        drain(row);
        rows++;
        names.writeRecord(image, label);
    }

    /** Writes the header, and the names that are still held back. */
    void finish() throws IOException {
        names.flush();
        List<Long> whole = new ArrayList<>(List.of(rows));
        Arrays.stream(shape).forEach(whole::add);
        file.position(0);
        drain(ByteBuffer.wrap(NpyFile.header(whole, HEADER_BYTES)));
    }

    private void drain(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
    }
}
