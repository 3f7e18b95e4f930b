package org.efficientnet4j.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.OutputStream;
import java.io.Writer;

/** Writers of CSV as this toolkit writes it: RFC 4180 with line feeds, UTF-8. */
public final class CsvFiles {
    private CsvFiles() {}

    /**
     * A writer of rows.
     *
     * @param out where they go; to be flushed through the writer, and closed by whoever opened it
     * @return the writer
     */
    public static CsvWriter writer(OutputStream out) {
        return builder().build(out);
    }

    /**
     * A writer of rows.
     *
     * @param out where they go; to be flushed through the writer, and closed by whoever opened it
     * @return the writer
     */
    public static CsvWriter writer(Writer out) {
        return builder().build(out);
    }

    private static CsvWriter.CsvWriterBuilder builder() {
        return CsvWriter.builder().lineDelimiter(LineDelimiter.LF);
    }
}
