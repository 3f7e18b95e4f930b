package org.efficientnet4j.graph.layers;

import java.util.Objects;
import org.efficientnet4j.kernels.PoolingSettings;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** Means over bins that cover the image: {@code [N, H, W, C]} to {@code [N, height, width, C]}. No parameters. */
public final class AdaptiveAveragePooling extends WindowPooling {
    private static final long serialVersionUID = 1L;

    @JsonProperty
    private int height;

    @JsonProperty
    private int width;

    /** For reading from JSON. */
    AdaptiveAveragePooling() {}

    /**
     * A pooling layer.
     *
     * @param kernels the kernels' name
     */
    public AdaptiveAveragePooling(int channels, PoolingSettings.Adaptive settings, String kernels) {
        super(channels, kernels);
        this.height = settings.height();
        this.width = settings.width();
    }

    @Override
    public PoolingSettings.Adaptive settings() {
        return new PoolingSettings.Adaptive(height, width);
    }

    @Override
    int smallestSize() {
        return 1;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AdaptiveAveragePooling pooling
                && super.equals(other)
                && settings().equals(pooling.settings())
                && getKernels().equals(pooling.getKernels());
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), settings(), getKernels());
    }
}
