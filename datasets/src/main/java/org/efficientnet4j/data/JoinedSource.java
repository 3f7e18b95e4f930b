package org.efficientnet4j.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * The images of two sources of the same labels, one behind the other.
 *
 * @param first the source whose indices stay
 * @param second the source that follows
 */
record JoinedSource(ImageSource first, ImageSource second) implements ImageSource {
    private boolean isFirst(int index) {
        return Objects.checkIndex(index, size()) < first.size();
    }

    @Override
    public List<String> labels() {
        return first.labels();
    }

    @Override
    public int size() {
        return Math.addExact(first.size(), second.size());
    }

    @Override
    public int label(int index) {
        return isFirst(index) ? first.label(index) : second.label(index - first.size());
    }

    @Override
    public String id(int index) {
        return isFirst(index) ? first.id(index) : second.id(index - first.size());
    }

    @Override
    public String key(int index) {
        return isFirst(index) ? first.key(index) : second.key(index - first.size());
    }

    @Override
    public Optional<Path> file(int index) {
        return isFirst(index) ? first.file(index) : second.file(index - first.size());
    }

    @Override
    public long bytes(int index) {
        return isFirst(index) ? first.bytes(index) : second.bytes(index - first.size());
    }

    @Override
    public Mat read(int index) throws ImageReadException {
        return isFirst(index) ? first.read(index) : second.read(index - first.size());
    }

    @Override
    public Mat readAlpha(int index) throws ImageReadException {
        return isFirst(index) ? first.readAlpha(index) : second.readAlpha(index - first.size());
    }

    @Override
    public String description() {
        return first.description() + ", and " + second.description();
    }

    @Override
    public boolean tightlyFramed() {
        return first.tightlyFramed();
    }
}
