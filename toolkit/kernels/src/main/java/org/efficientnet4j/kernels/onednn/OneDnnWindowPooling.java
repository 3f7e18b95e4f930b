package org.efficientnet4j.kernels.onednn;

import org.efficientnet4j.kernels.ArrayAllocator;
import org.efficientnet4j.kernels.PoolingSettings;
import org.efficientnet4j.kernels.WindowPoolingKernel;
import org.efficientnet4j.kernels.memory.Addresses;
import org.efficientnet4j.kernels.onednn.loops.PoolingGeometry;
import org.efficientnet4j.kernels.onednn.loops.PoolingLoops;
import org.efficientnet4j.kernels.onednn.primitive.Band;
import org.efficientnet4j.kernels.onednn.primitive.Workers;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Pooling by a provider's loops: forward by rows of windows, backward by images, as windows may overlap. */
record OneDnnWindowPooling(PoolingSettings settings, PoolingLoops loops, Workers workers)
        implements WindowPoolingKernel {
    private PoolingGeometry geometry(INDArray input) {
        return new PoolingGeometry(settings, (int) input.size(1), (int) input.size(2));
    }

    @Override
    public INDArray forward(INDArray input, ArrayAllocator arrays) {
        PoolingGeometry geometry = geometry(input);
        int images = (int) input.size(0);
        int channels = (int) input.size(3);
        INDArray result = arrays.activations(images, geometry.outputHeight(), geometry.outputWidth(), channels);
        long from = Addresses.of(input);
        long to = Addresses.of(result);
        int rows = images * geometry.outputHeight();
        int shares = Math.min(workers.count(), rows);
        workers.run(shares, share -> {
            int last = Band.share(rows, share + 1, shares);
            for (int row = Band.share(rows, share, shares); row < last; ) {
                int image = row / geometry.outputHeight();
                int end = Math.min(last, (image + 1) * geometry.outputHeight());
                int first = row - image * geometry.outputHeight();
                loops.forward(
                        geometry,
                        from + 4L * image * geometry.inputPixels() * channels,
                        to + 4L * image * geometry.windows() * channels,
                        channels,
                        first * geometry.outputWidth(),
                        (first + end - row) * geometry.outputWidth());
                row = end;
            }
        });
        return result;
    }

    @Override
    public INDArray backward(INDArray input, INDArray epsilon, ArrayAllocator arrays) {
        PoolingGeometry geometry = geometry(input);
        int images = (int) input.size(0);
        int channels = (int) input.size(3);
        INDArray result = arrays.gradient(input.shape());
        long x = Addresses.of(input);
        long dy = Addresses.of(epsilon);
        long dx = Addresses.of(result);
        long inputBytes = 4L * geometry.inputPixels() * channels;
        long outputBytes = 4L * geometry.windows() * channels;
        int shares = Math.min(workers.count(), images);
        workers.run(shares, share -> {
            for (int image = Band.share(images, share, shares);
                    image < Band.share(images, share + 1, shares);
                    image++) {
                Addresses.clear(dx + image * inputBytes, inputBytes);
                loops.backward(
                        geometry, x + image * inputBytes, dy + image * outputBytes, dx + image * inputBytes, channels);
            }
        });
        return result;
    }
}
