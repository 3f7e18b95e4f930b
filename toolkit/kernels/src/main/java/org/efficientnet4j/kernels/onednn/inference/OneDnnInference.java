package org.efficientnet4j.kernels.onednn.inference;

import java.lang.ref.Reference;
import java.util.List;
import java.util.Optional;
import org.efficientnet4j.kernels.InferenceEngine;
import org.efficientnet4j.kernels.InferenceStep;
import org.efficientnet4j.kernels.InferenceStep.Classifier;
import org.efficientnet4j.kernels.memory.Addresses;
import org.efficientnet4j.kernels.memory.NativeMemory;
import org.efficientnet4j.kernels.onednn.loops.InferenceLoops;
import org.efficientnet4j.kernels.onednn.primitive.ImageShape;
import org.efficientnet4j.kernels.onednn.primitive.PrimitiveCache;
import org.efficientnet4j.kernels.onednn.primitive.Workers;
import org.efficientnet4j.kernels.threads.KernelThreads;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A network compiled to oneDNN's convolutions and a provider's loops; keeps what it compiled for the last few shapes. */
public final class OneDnnInference implements InferenceEngine {
    /** A pipeline's batches and the smaller last one, of two sizes. */
    private static final int SHAPES = 4;

    private final UnitParser.Parsed network;
    private final InferenceLoops loops;
    private boolean parametersKept;
    private final PrimitiveCache<ImageShape, Compiled> byShape = new PrimitiveCache<>(SHAPES);

    private OneDnnInference(UnitParser.Parsed network, InferenceLoops loops) {
        this.network = network;
        this.loops = loops;
    }

    /** Compiles the steps, if it knows their order. */
    public static Optional<InferenceEngine> of(List<InferenceStep> steps, InferenceLoops loops) {
        return UnitParser.parse(steps).map(network -> new OneDnnInference(network, loops));
    }

    /** All that depends on the batch's shape. */
    private record Compiled(
            BatchProgram units, Optional<ClassifierProduct> classifier, NativeMemory features, ImageShape last)
            implements AutoCloseable {
        @Override
        public void close() {
            units.close();
            classifier.ifPresent(ClassifierProduct::close);
            features.close();
        }
    }

    @Override
    public INDArray infer(INDArray images) {
        Workers.JAVA.prepare();
        int channels = (int) images.size(3);
        ImageShape shape = new ImageShape((int) images.size(0), (int) images.size(1), (int) images.size(2));
        Compiled compiled = byShape.get(shape, wanted -> compile(wanted, channels));
        if (!parametersKept) {
            takeParameters();
        }
        INDArray result = Nd4j.createUninitializedDetached(DataType.FLOAT, outputShape(compiled.last()));
        long to = Addresses.of(result);
        long features = compiled.classifier().isPresent() ? compiled.features().address() : to;
        try {
            compiled.units().run(Addresses.of(images), features);
            compiled.classifier().ifPresent(classifier -> classifier.run(features, to));
        } finally {
            // References that keep cleaners from freeing memory of which only addresses are in use.
            Reference.reachabilityFence(images);
            Reference.reachabilityFence(this);
        }
        return result;
    }

    /** Looks for writes into the parameters, whose reading threads share, and folds those that have changed. */
    private void takeParameters() {
        List<FoldedConvolution> convolutions = network.convolutions();
        KernelThreads.shared()
                .run(convolutions.size(), index -> convolutions.get(index).notice(loops.hash()));
        convolutions.forEach(FoldedConvolution::refresh);
    }

    private Compiled compile(ImageShape shape, int channels) {
        int threads = KernelThreads.shared().count();
        BatchProgram units = new BatchProgram(network.units(), shape, channels, threads, loops);
        ImageShape last = shape;
        for (UnitSteps unit : network.units()) {
            last = unit.output(last);
        }
        Optional<ClassifierProduct> classifier =
                network.classifier().map(step -> new ClassifierProduct(step, shape.images(), threads));
        NativeMemory memory = new NativeMemory(
                network.classifier().isPresent()
                        ? Program.bytes(last, lastUnit().outChannels())
                        : 0);
        return new Compiled(units, classifier, memory, last);
    }

    private UnitSteps lastUnit() {
        return network.units().get(network.units().size() - 1);
    }

    private long[] outputShape(ImageShape last) {
        Optional<Long> classes = network.classifier().map(Classifier::bias).map(INDArray::length);
        if (classes.isPresent()) {
            return new long[] {last.images(), classes.get()};
        }
        return lastUnit() instanceof UnitSteps.Pooled
                ? new long[] {last.images(), lastUnit().outChannels()}
                : new long[] {
                    last.images(), last.height(), last.width(), lastUnit().outChannels()
                };
    }

    @Override
    public void keepConvolutions() {
        network.convolutions().forEach(FoldedConvolution::keep);
        parametersKept = true;
    }

    @Override
    public void close() {
        byShape.close();
        network.close();
    }
}
