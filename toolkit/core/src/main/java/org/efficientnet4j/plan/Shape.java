package org.efficientnet4j.plan;

/**
 * Shape of one image's activations.
 *
 * @param channels of a map, or features of a vector
 * @param height of a map, in pixels; 1 for a vector
 * @param width of a map, in pixels; 1 for a vector
 * @param vector true for {@code [N, features]}, false for {@code [N, C, H, W]}
 */
public record Shape(int channels, int height, int width, boolean vector) {
    /** A feature map. */
    public static Shape map(int channels, int height, int width) {
        return new Shape(channels, height, width, false);
    }

    /** A vector. */
    public static Shape vector(int features) {
        return new Shape(features, 1, 1, true);
    }

    /** Pixels of the map. */
    public long area() {
        return (long) height * width;
    }

    /** Numbers of one image. */
    public long elements() {
        return area() * channels;
    }

    /** {@code [C, H, W]} or {@code [features]}. */
    @Override
    public String toString() {
        return vector ? "[" + channels + "]" : "[" + channels + ", " + height + ", " + width + "]";
    }
}
