package org.efficientnet4j.data.source;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.bytedeco.opencv.opencv_core.Mat;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.data.ImageReadException;
import org.efficientnet4j.data.ImageSource;
import org.efficientnet4j.data.RgbImages;

/**
 * Another source whose decoded images stay in the heap, until a limit is reached; images read after that are decoded each
 * time. Images that cannot be read are not remembered.
 */
public final class CachedSource implements ImageSource {
    private final ImageSource origin;
    private final long limit;
    private final AtomicLong used = new AtomicLong();
    private final AtomicReferenceArray<Decoded> images;

    /** One image's pixels; immutable by custom, since copies only are handed out. */
    private static final class Decoded {
        private final byte[] pixels;
        private final int height;
        private final int width;

        Decoded(byte[] pixels, int height, int width) {
            this.pixels = pixels;
            this.height = height;
            this.width = width;
        }

        Mat copy() {
            return RgbImages.fromPixels(pixels, height, width);
        }
    }

    /**
     * Wraps a source; nothing is decoded yet.
     *
     * @param origin the images
     * @param limit bytes of pixels to keep, positive
     * @throws InvalidInputException if the limit is not positive
     */
    public CachedSource(ImageSource origin, long limit) {
        if (limit < 1) {
            throw new InvalidInputException("the image cache must have a positive number of bytes, but has " + limit);
        }
        this.origin = origin;
        this.limit = limit;
        this.images = new AtomicReferenceArray<>(origin.size());
    }

    /** Not cached: images with an alpha channel are rare. */
    @Override
    public Mat readAlpha(int index) throws ImageReadException {
        return origin.readAlpha(index);
    }

    @Override
    public String key(int index) {
        return origin.key(index);
    }

    @Override
    public Optional<Path> file(int index) {
        return origin.file(index);
    }

    @Override
    public long bytes(int index) {
        return origin.bytes(index);
    }

    @Override
    public Mat read(int index) throws ImageReadException {
        Decoded kept = images.get(index);
        if (kept != null) {
            return kept.copy();
        }
        Mat image = origin.read(index);
        long bytes = 3L * image.rows() * image.cols();
        if (reserve(bytes)) {
            Decoded decoded = new Decoded(RgbImages.toPixels(image), image.rows(), image.cols());
            if (!images.compareAndSet(index, null, decoded)) {
                used.addAndGet(-bytes);
            }
        }
        return image;
    }

    private boolean reserve(long bytes) {
        if (used.addAndGet(bytes) <= limit) {
            return true;
        }
        used.addAndGet(-bytes);
        return false;
    }

    /**
     * How much is kept now.
     *
     * @return bytes of pixels, at most the limit
     */
    public long usedBytes() {
        return used.get();
    }

    @Override
    public List<String> labels() {
        return origin.labels();
    }

    @Override
    public int size() {
        return origin.size();
    }

    @Override
    public int label(int index) {
        return origin.label(index);
    }

    @Override
    public String id(int index) {
        return origin.id(index);
    }

    @Override
    public String description() {
        return origin.description();
    }

    @Override
    public boolean tightlyFramed() {
        return origin.tightlyFramed();
    }
}
