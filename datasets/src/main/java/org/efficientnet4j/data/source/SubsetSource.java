package org.efficientnet4j.data.source;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.bytedeco.opencv.opencv_core.Mat;
import org.efficientnet4j.data.ImageReadException;
import org.efficientnet4j.data.ImageSource;

/** Some images of another source, in a given order. */
final class SubsetSource implements ImageSource {
    private final ImageSource all;
    private final int[] indices;
    private final String description;

    SubsetSource(ImageSource all, int[] indices, String description) {
        this.all = all;
        this.indices = indices.clone();
        this.description = description;
        for (int index : this.indices) {
            Objects.checkIndex(index, all.size());
        }
    }

    @Override
    public List<String> labels() {
        return all.labels();
    }

    @Override
    public int size() {
        return indices.length;
    }

    @Override
    public int label(int index) {
        return all.label(indices[index]);
    }

    @Override
    public String id(int index) {
        return all.id(indices[index]);
    }

    @Override
    public String key(int index) {
        return all.key(indices[index]);
    }

    @Override
    public Optional<Path> file(int index) {
        return all.file(indices[index]);
    }

    @Override
    public long bytes(int index) {
        return all.bytes(indices[index]);
    }

    @Override
    public Mat read(int index) throws ImageReadException {
        return all.read(indices[index]);
    }

    @Override
    public Mat readAlpha(int index) throws ImageReadException {
        return all.readAlpha(indices[index]);
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public boolean tightlyFramed() {
        return all.tightlyFramed();
    }
}
