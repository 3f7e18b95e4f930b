package org.efficientnet4j.data.source;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.bytedeco.opencv.opencv_core.Mat;
import org.efficientnet4j.data.ImageReadException;
import org.efficientnet4j.data.ImageSource;
import org.efficientnet4j.data.decode.ImageDecoder;
import org.efficientnet4j.data.source.ImageLister.ListedImage;

/** Image files with their labels: a folder or a CSV file once it is listed. */
final class FileSource implements ImageSource {
    /**
     * One file.
     *
     * @param image the image file
     * @param label a position in the labels, or {@link ImageSource#UNLABELLED}
     */
    record LabelledFile(ListedImage image, int label) {
        LabelledFile {
            Objects.requireNonNull(image, "image");
        }
    }

    private final List<String> labels;
    private final List<LabelledFile> files;
    private final String description;

    FileSource(List<String> labels, List<LabelledFile> files, String description) {
        this.labels = List.copyOf(labels);
        this.files = List.copyOf(files);
        this.description = description;
        for (LabelledFile file : this.files) {
            if (file.label() != UNLABELLED) {
                Objects.checkIndex(file.label(), this.labels.size());
            }
        }
    }

    @Override
    public List<String> labels() {
        return labels;
    }

    @Override
    public int size() {
        return files.size();
    }

    @Override
    public int label(int index) {
        return files.get(index).label();
    }

    @Override
    public String id(int index) {
        return files.get(index).image().file().toString();
    }

    @Override
    public String key(int index) {
        return files.get(index).image().key();
    }

    @Override
    public Optional<Path> file(int index) {
        return Optional.of(files.get(index).image().file());
    }

    @Override
    public long bytes(int index) {
        return files.get(index).image().bytes();
    }

    @Override
    public Mat read(int index) throws ImageReadException {
        return ImageDecoder.read(files.get(index).image().file());
    }

    @Override
    public Mat readAlpha(int index) throws ImageReadException {
        return ImageDecoder.readAlpha(files.get(index).image().file());
    }

    @Override
    public String description() {
        return description;
    }
}
