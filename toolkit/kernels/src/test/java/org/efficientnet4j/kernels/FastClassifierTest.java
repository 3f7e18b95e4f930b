package org.efficientnet4j.kernels;

import static org.efficientnet4j.kernels.FastConvolutionTest.assumeRuns;
import static org.efficientnet4j.kernels.KernelCase.assertClose;
import static org.efficientnet4j.kernels.KernelCase.inDouble;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.efficientnet4j.kernels.threads.KernelThreads;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Every fast provider's classifier against ND4J's products in double precision. */
class FastClassifierTest {
    static List<KernelProvider> providers() {
        return FastConvolutionTest.providers();
    }

    @ParameterizedTest
    @MethodSource("providers")
    void equalsTheProductsInDoublePrecisionForAnyNumberOfThreads(KernelProvider provider) {
        assumeRuns(provider);
        int before = KernelThreads.shared().count();
        try {
            for (int threads : new int[] {1, 2, 5}) {
                KernelThreads.shared().setCount(threads);
                compare(provider, 40, 3, 2, 1, 7);
                compare(provider, 40, 100, 3, 8, 3);
                compare(provider, 3, 2, 5);
            }
        } finally {
            KernelThreads.shared().setCount(before);
        }
    }

    private static void compare(KernelProvider provider, int features, int classes, int... batches) {
        ClassifierKernel kernel = provider.classifier(features, classes).orElseThrow();
        for (int images : batches) {
            KernelCase values = KernelCase.create();
            INDArray input = values.values(0.5, 1, images, features);
            INDArray weights = values.values(0, 1, classes, features);
            INDArray bias = values.values(0, 1, 1, classes);
            INDArray logits = nothing(images, classes);
            kernel.forward(input, weights, bias, logits);
            assertClose(
                    "logits",
                    inDouble(input).mmul(inDouble(weights).transpose()).addRowVector(inDouble(bias)),
                    logits);

            INDArray epsilon = values.values(0, 1, images, classes);
            INDArray weightGradient = nothing(classes, features);
            INDArray featureGradient = nothing(images, features);
            kernel.backward(input, epsilon, weights, weightGradient, featureGradient);
            assertClose("weights", inDouble(epsilon).transpose().mmul(inDouble(input)), weightGradient);
            assertClose("features", inDouble(epsilon).mmul(inDouble(weights)), featureGradient);

            INDArray again = nothing(classes, features);
            kernel.backward(input, epsilon, weights, again, featureGradient);
            assertEquals(weightGradient, again);
        }
    }

    private static INDArray nothing(long rows, long columns) {
        return Nd4j.valueArrayOf(new long[] {rows, columns}, Double.NaN, DataType.FLOAT);
    }
}
