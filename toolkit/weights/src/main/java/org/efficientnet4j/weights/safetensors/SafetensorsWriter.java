package org.efficientnet4j.weights.safetensors;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.efficientnet4j.core.files.AtomicFiles;
import org.efficientnet4j.weights.ElementType;

/** Writes float tensors as a {@code .safetensors} file, one tensor in memory at a time. */
public final class SafetensorsWriter {
    private static final int ALIGNMENT = 8;

    private final List<Tensor> tensors = new ArrayList<>();

    /** A writer without tensors. */
    public SafetensorsWriter() {}

    private record Tensor(String name, List<Long> shape, Supplier<float[]> values) {
        long bytes() {
            return Float.BYTES * shape.stream().reduce(1L, Math::multiplyExact);
        }
    }

    /**
     * Adds a tensor.
     *
     * @param name not given before
     * @param shape sizes, outermost first
     * @param values asked for while the file is written; as many as the shape says, in c order
     */
    public void add(String name, List<Long> shape, Supplier<float[]> values) {
        if (tensors.stream().anyMatch(tensor -> tensor.name().equals(name))) {
            throw new IllegalArgumentException("A file must not have two tensors named " + name);
        }
        tensors.add(new Tensor(name, List.copyOf(shape), values));
    }

    /**
     * Writes the file, wholly or not at all.
     *
     * @param metadata remarks for the header, e.g. {@code format: pt}
     * @throws org.efficientnet4j.core.InvalidInputException if that fails
     */
    public void write(Path file, Map<String, String> metadata) {
        AtomicFiles.write(file, out -> {
            byte[] header = header(metadata);
            byte[] length = new byte[Long.BYTES];
            little(length).putLong(header.length);
            out.write(length);
            out.write(header);
            for (Tensor tensor : tensors) {
                write(tensor, out);
            }
        });
    }

    private byte[] header(Map<String, String> metadata) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(bytes, JsonEncoding.UTF8)) {
            json.writeStartObject();
            json.writeObjectFieldStart("__metadata__");
            for (Map.Entry<String, String> remark : metadata.entrySet()) {
                json.writeStringField(remark.getKey(), remark.getValue());
            }
            json.writeEndObject();
            long offset = 0;
            for (Tensor tensor : tensors) {
                json.writeObjectFieldStart(tensor.name());
                json.writeStringField("dtype", ElementType.F32.name());
                json.writeFieldName("shape");
                writeNumbers(json, tensor.shape());
                json.writeFieldName("data_offsets");
                writeNumbers(json, List.of(offset, offset + tensor.bytes()));
                json.writeEndObject();
                offset += tensor.bytes();
            }
            json.writeEndObject();
        }
        int used = bytes.size();
        byte[] padded = Arrays.copyOf(bytes.toByteArray(), (used + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
        Arrays.fill(padded, used, padded.length, (byte) ' ');
        return padded;
    }

    private static void writeNumbers(JsonGenerator json, List<Long> numbers) throws IOException {
        json.writeStartArray();
        for (long number : numbers) {
            json.writeNumber(number);
        }
        json.writeEndArray();
    }

    private static void write(Tensor tensor, OutputStream out) throws IOException {
        float[] values = tensor.values().get();
        if ((long) values.length * Float.BYTES != tensor.bytes()) {
            throw new IllegalStateException(
                    "Tensor " + tensor.name() + " of shape " + tensor.shape() + " got " + values.length + " values");
        }
        byte[] bytes = new byte[values.length * Float.BYTES];
        little(bytes).asFloatBuffer().put(values);
        out.write(bytes);
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
