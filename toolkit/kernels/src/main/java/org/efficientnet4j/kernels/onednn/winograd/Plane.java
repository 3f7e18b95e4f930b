package org.efficientnet4j.kernels.onednn.winograd;

/** Size of an NHWC image of float32. */
record Plane(int rows, int width, int channels) {
    long pixelBytes() {
        return 4L * channels;
    }

    long rowBytes() {
        return width * pixelBytes();
    }

    long bytes() {
        return rows * rowBytes();
    }
}
