package org.efficientnet4j.benchmarks.peers;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.efficientnet4j.benchmark.BenchmarkMode;
import org.efficientnet4j.benchmark.PeerProgram;
import org.efficientnet4j.benchmark.PeerTask;
import org.efficientnet4j.core.InvalidInputException;

/** ONNX Runtime, with every optimisation it has (its default). It does not train. */
public final class OnnxRuntimePeer {
    private OnnxRuntimePeer() {}

    /** Arguments: the ONNX file, then a {@link PeerTask}'s. */
    public static void main(String[] arguments) {
        System.exit(PeerProgram.run(arguments, System.out, System.err, OnnxRuntimePeer::prepare));
    }

    /** Loads the file. */
    static PeerProgram.Step prepare(Path file, PeerTask task) {
        if (task.mode() != BenchmarkMode.INFER) {
            throw new InvalidInputException("ONNX Runtime's Java package does not train");
        }
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(task.threads());
            OrtSession session = environment.createSession(file.toString(), options);
            String input = session.getInputNames().iterator().next();
            Map<String, OnnxTensor> images = Map.of(input, images(environment, task));
            return new PeerProgram.Step("ONNX Runtime " + environment.getVersion(), () -> apply(session, images));
        } catch (OrtException refused) {
            throw new IllegalStateException(refused);
        }
    }

    private static void apply(OrtSession session, Map<String, OnnxTensor> images) {
        try (OrtSession.Result result = session.run(images)) {
            if (result.size() != 1) {
                throw new IllegalStateException("Expected one output, found " + result.size());
            }
        } catch (OrtException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static OnnxTensor images(OrtEnvironment environment, PeerTask task) throws OrtException {
        long[] shape = {task.batch(), 3, task.size(), task.size()};
        int length = Math.toIntExact(shape[0] * shape[1] * shape[2] * shape[3]);
        FloatBuffer pixels = ByteBuffer.allocateDirect(length * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        Random random = new Random(0);
        while (pixels.hasRemaining()) {
            pixels.put(random.nextFloat());
        }
        return OnnxTensor.createTensor(environment, pixels.rewind(), shape);
    }
}
