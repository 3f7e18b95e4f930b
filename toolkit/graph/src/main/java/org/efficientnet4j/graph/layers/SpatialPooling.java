package org.efficientnet4j.graph.layers;

import java.util.Objects;
import org.efficientnet4j.kernels.PoolingSettings;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** Maximum or mean over windows: {@code [N, H, W, C]} to {@code [N, H', W', C]}. No parameters. */
public final class SpatialPooling extends WindowPooling {
    private static final long serialVersionUID = 1L;

    @JsonProperty
    private boolean maximum;

    @JsonProperty
    private int kernel;

    @JsonProperty
    private int stride;

    @JsonProperty
    private int padding;

    @JsonProperty
    private boolean ceil;

    /** For reading from JSON. */
    SpatialPooling() {}

    /**
     * A pooling layer.
     *
     * @param kernels the kernels' name
     */
    public SpatialPooling(int channels, PoolingSettings.Spatial settings, String kernels) {
        super(channels, kernels);
        this.maximum = settings.maximum();
        this.kernel = settings.kernel();
        this.stride = settings.stride();
        this.padding = settings.padding();
        this.ceil = settings.ceil();
    }

    @Override
    public PoolingSettings.Spatial settings() {
        return new PoolingSettings.Spatial(maximum, kernel, stride, padding, ceil);
    }

    @Override
    int smallestSize() {
        return kernel;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SpatialPooling pooling
                && super.equals(other)
                && settings().equals(pooling.settings())
                && getKernels().equals(pooling.getKernels());
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), settings(), getKernels());
    }
}
