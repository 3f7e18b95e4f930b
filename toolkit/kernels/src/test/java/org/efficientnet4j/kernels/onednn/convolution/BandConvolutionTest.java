package org.efficientnet4j.kernels.onednn.convolution;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.efficientnet4j.kernels.BatchNorm;
import org.efficientnet4j.kernels.ConvolutionSettings;
import org.efficientnet4j.kernels.onednn.primitive.Band;
import org.efficientnet4j.kernels.onednn.primitive.ImageShape;
import org.efficientnet4j.kernels.onednn.primitive.PostOperations;
import org.efficientnet4j.plan.Activation;
import org.efficientnet4j.plan.Padding;
import org.junit.jupiter.api.Test;

class BandConvolutionTest {
    @Test
    void refusesToAddADepthwiseConvolution() {
        ConvolutionSettings settings = new ConvolutionSettings(
                10, 10, 3, 1, Padding.SAME, 10, Activation.NONE, Optional.of(new BatchNorm(1e-3, 0.99)));
        ImageShape shape = new ImageShape(1, 8, 8);
        Band band = Band.rows(settings, shape, 0, 1, 0, 8);
        assertThrows(
                IllegalArgumentException.class,
                () -> BandConvolution.inference(settings, shape, band, PostOperations.sum(Activation.NONE)));
    }
}
