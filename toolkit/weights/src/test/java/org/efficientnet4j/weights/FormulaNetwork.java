package org.efficientnet4j.weights;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.graph.GraphOptions;
import org.efficientnet4j.graph.NetworkGraph;
import org.efficientnet4j.models.Convention;
import org.efficientnet4j.models.ModelCatalog;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.plan.PlanSettings;
import org.efficientnet4j.weights.names.TensorBinding;
import org.efficientnet4j.weights.names.WeightSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A network whose weights, and whose two images, other libraries make by the same formula: that of
 * {@code src/test/reference/export_families.py}.
 *
 * @param source the library whose conventions it has
 * @param name of the model
 * @param classes of its classifier
 * @param height of the images
 * @param width of the images
 */
record FormulaNetwork(WeightSource source, String name, int classes, int height, int width) {
    ModelDefinition model() {
        return ModelCatalog.find(name);
    }

    /** {@code [2, 3, H, W]}. */
    INDArray images() {
        return Nd4j.create(hashed("images", 2 * 3 * height * width), new long[] {2, 3, height, width}, 'c');
    }

    List<TensorBinding> bindings() {
        ModelDefinition model = model();
        return source.names(model).bindings(model.plan(PlanSettings.classes(classes)));
    }

    ComputationGraph network(DataType type, String kernels) {
        ModelDefinition model = model();
        Convention convention = source.convention(name, model);
        ComputationGraph network = NetworkGraph.create(
                model,
                GraphOptions.builder(model)
                        .classes(classes)
                        .padding(convention.padding())
                        .batchNormEpsilon(convention.batchNorm().epsilon())
                        .batchNormDecay(convention.batchNorm().decay())
                        .dropout(0)
                        .dropConnectRate(0)
                        .dataType(type)
                        .kernels(kernels)
                        .build());
        for (TensorBinding binding : bindings()) {
            long[] shape = network.getParam(binding.parameter()).shape();
            network.setParam(
                    binding.parameter(),
                    Nd4j.create(binding.toOurs(values(binding)), shape, 'c').castTo(type));
        }
        return network;
    }

    /** {@code values} of the script. */
    private static float[] values(TensorBinding binding) {
        List<Long> shape = binding.shape();
        int count = Math.toIntExact(shape.stream().reduce(1L, (a, b) -> a * b));
        float[] values = hashed(binding.name(), count);
        boolean near1 =
                binding.name().endsWith("running_var") || (binding.name().endsWith(".weight") && shape.size() == 1);
        float scale = shape.size() == 1 ? 0.1f : (float) Math.sqrt(6.0 / (count / shape.get(0)));
        for (int i = 0; i < count; i++) {
            values[i] = near1 ? 1 + 0.5f * values[i] : scale * values[i];
        }
        return values;
    }

    /** {@code hashed} of the script. */
    private static float[] hashed(String name, int count) {
        CRC32 crc = new CRC32();
        crc.update(name.getBytes(StandardCharsets.UTF_8));
        int start = (int) crc.getValue();
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            int x = i * 0x9E3779B9 + start;
            x ^= x >>> 16;
            x *= 2146121005;
            x ^= x >>> 15;
            x *= (int) 2221713035L;
            x ^= x >>> 16;
            values[i] = (x >>> 8) / (float) (1 << 23) - 1;
        }
        return values;
    }
}
