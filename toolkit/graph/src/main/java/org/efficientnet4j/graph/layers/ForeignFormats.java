package org.efficientnet4j.graph.layers;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.LocallyConnected2D;
import org.deeplearning4j.nn.conf.layers.SpaceToBatchLayer;
import org.deeplearning4j.nn.conf.layers.SpaceToDepthLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;
import org.deeplearning4j.nn.conf.layers.objdetect.Yolo2OutputLayer;

/** Formats of DL4J's layers that work on feature maps, each of which calls its setting otherwise. */
final class ForeignFormats {
    private static final List<Kind<?>> KINDS = List.of(
            new Kind<>(ConvolutionLayer.class, ConvolutionLayer::getCnn2dDataFormat),
            new Kind<>(SubsamplingLayer.class, SubsamplingLayer::getCnn2dDataFormat),
            new Kind<>(BatchNormalization.class, BatchNormalization::getCnn2DFormat),
            new Kind<>(Upsampling2D.class, Upsampling2D::getFormat),
            new Kind<>(ZeroPaddingLayer.class, ZeroPaddingLayer::getDataFormat),
            new Kind<>(Cropping2D.class, Cropping2D::getDataFormat),
            new Kind<>(SpaceToDepthLayer.class, SpaceToDepthLayer::getDataFormat),
            new Kind<>(SpaceToBatchLayer.class, SpaceToBatchLayer::getFormat),
            new Kind<>(LocallyConnected2D.class, LocallyConnected2D::getFormat),
            new Kind<>(LocalResponseNormalization.class, LocalResponseNormalization::getDataFormat),
            new Kind<>(CnnLossLayer.class, CnnLossLayer::getFormat),
            new Kind<>(Yolo2OutputLayer.class, Yolo2OutputLayer::getFormat));

    private ForeignFormats() {}

    private record Kind<L extends Layer>(Class<L> type, Function<L, CNN2DFormat> format) {
        Optional<CNN2DFormat> of(Layer layer) {
            return type.isInstance(layer) ? Optional.ofNullable(format.apply(type.cast(layer))) : Optional.empty();
        }
    }

    /** The format that a layer takes its input in and gives its output in; empty for a layer without such a setting. */
    static Optional<CNN2DFormat> of(Layer layer) {
        return KINDS.stream().flatMap(kind -> kind.of(layer).stream()).findFirst();
    }
}
