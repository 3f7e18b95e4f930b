package org.efficientnet4j.data.source;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.bytedeco.opencv.opencv_core.Mat;
import org.efficientnet4j.data.DataParts;
import org.efficientnet4j.data.ImageSource;
import org.efficientnet4j.data.RgbImages;

/** CIFAR-10 or CIFAR-100 images (32 x 32) in memory. */
final class CifarSource implements ImageSource {
    private final List<String> labels;
    private final List<CifarBatch> batches;
    private final int[] starts;
    private final String description;

    private CifarSource(List<String> labels, List<CifarBatch> batches, String description) {
        this.labels = List.copyOf(labels);
        this.batches = List.copyOf(batches);
        this.starts = new int[batches.size() + 1];
        for (int i = 0; i < batches.size(); i++) {
            starts[i + 1] = starts[i] + batches.get(i).size();
        }
        this.description = "%d %s".formatted(starts[batches.size()], description);
    }

    /** The training batches that are there, and the test batch; without one, a part of them is held out. */
    static DataParts open(CifarFormat format, Path location, SplitOptions options) {
        CifarFiles files = CifarFiles.load(format, location);
        List<CifarBatch> batches = files.trainBatches();
        Optional<ImageSource> train =
                batches.isEmpty() ? Optional.empty() : Optional.of(source(files, format, batches, "training"));
        Optional<ImageSource> test = files.testBatch().map(batch -> source(files, format, List.of(batch), "test"));
        return test.isEmpty()
                ? StratifiedSplit.draw(train.orElseThrow(), options.exact(), List.of())
                : new DataParts(train, Optional.empty(), test, Optional.empty(), List.of());
    }

    private static ImageSource source(CifarFiles files, CifarFormat format, List<CifarBatch> batches, String part) {
        String description = "%s images of %s in %s".formatted(part, format.title(), files.origin());
        return new CifarSource(files.labels(), batches, description);
    }

    @Override
    public List<String> labels() {
        return labels;
    }

    @Override
    public int size() {
        return starts[batches.size()];
    }

    @Override
    public int label(int index) {
        int batch = batchOf(index);
        return batches.get(batch).label(index - starts[batch]);
    }

    @Override
    public String id(int index) {
        int batch = batchOf(index);
        return batches.get(batch).id(index - starts[batch]);
    }

    @Override
    public Mat read(int index) {
        int batch = batchOf(index);
        byte[] pixels = batches.get(batch).pixels(index - starts[batch]);
        return RgbImages.fromPixels(pixels, CifarFormat.SIDE, CifarFormat.SIDE);
    }

    private int batchOf(int index) {
        Objects.checkIndex(index, size());
        int batch = 0;
        while (index >= starts[batch + 1]) {
            batch++;
        }
        return batch;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public boolean tightlyFramed() {
        return true;
    }
}
