package org.efficientnet4j.graph.layers;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.exception.DL4JInvalidConfigException;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.FrozenVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.L2NormalizeVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PoolHelperVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.deeplearning4j.nn.conf.graph.StackVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.graph.UnstackVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;

/**
 * A check that feature maps are read in the order they are in. The own layers' are {@code [N, H, W, C]}, DL4J's layers
 * take {@code [N, C, H, W]} unless told otherwise, and where height and channels happen to be equal DL4J computes along
 * the wrong axis without a word. The own vertices run it when a network is initialised: the one that turns the images round,
 * with which the factory's networks begin, residual connections and concatenations. DL4J gives layers no sight of their
 * network, so that for chains of them alone, as in files of earlier versions, a program calls it.
 */
public final class MapReaders {
    private static final int CHANNELS_LAST_AXIS = 3;
    private static final int[] CHANNELS_LAST_POOLING = {1, 2};
    private static final String REMEDY = ": set it to NHWC, or put a ChannelsFirstPreProcessor in between";

    private final ComputationGraphConfiguration network;
    private final Map<String, MapLayout> known = new HashMap<>();

    private MapReaders(ComputationGraphConfiguration network) {
        this.network = network;
    }

    /**
     * Checks every vertex of a network.
     *
     * @throws DL4JInvalidConfigException naming the vertex that reads maps in another order than they are in
     */
    public static void check(ComputationGraphConfiguration network) {
        MapReaders readers = new MapReaders(network);
        network.getVertices().keySet().forEach(readers::layout);
    }

    private MapLayout layout(String name) {
        MapLayout layout = known.get(name);
        if (layout == null) {
            GraphVertex vertex = network.getVertices().get(name);
            layout = vertex == null ? MapLayout.UNKNOWN : layout(name, vertex); // a network's input
            known.put(name, layout);
        }
        return layout;
    }

    private MapLayout layout(String name, GraphVertex vertex) {
        List<MapLayout> inputs =
                network.getVertexInputs().get(name).stream().map(this::layout).toList();
        if (vertex instanceof FrozenVertex frozen) {
            return layout(name, frozen.getUnderlying());
        }
        if (vertex instanceof LayerVertex layer) {
            MapLayout input = preprocessed(name, inputs.get(0), Optional.ofNullable(layer.getPreProcessor()));
            return ofLayer(name, input, unwrapped(layer.getLayerConf().getLayer()));
        }
        if (vertex instanceof ChannelsLastImages) {
            return preprocessed(name, inputs.get(0), Optional.of(new ChannelsLastPreProcessor()));
        }
        if (vertex instanceof PreprocessorVertex converter) {
            return preprocessed(name, inputs.get(0), Optional.of(converter.getPreProcessor()));
        }
        boolean channelsLast = inputs.contains(MapLayout.CHANNELS_LAST);
        if (vertex instanceof ResidualAdd || vertex instanceof ChannelConcatenation) {
            refuseChannelsFirst(name, inputs);
            return MapLayout.CHANNELS_LAST;
        }
        if (vertex instanceof MergeVertex merge) {
            requireAlike(name, inputs);
            require(
                    !channelsLast || merge.getMergeAxis() == CHANNELS_LAST_AXIS,
                    name,
                    "axis " + CHANNELS_LAST_AXIS + " (setMergeAxis), found axis " + merge.getMergeAxis());
            return inputs.get(0);
        }
        if (vertex instanceof ElementWiseVertex || vertex instanceof StackVertex) {
            requireAlike(name, inputs);
            return channelsLast ? MapLayout.CHANNELS_LAST : inputs.get(0);
        }
        if (vertex instanceof SubsetVertex || vertex instanceof PoolHelperVertex) {
            require(!channelsLast, name, "the channels, found the rows: it knows maps [N, C, H, W] alone");
            return inputs.get(0);
        }
        boolean passes = vertex instanceof ScaleVertex
                || vertex instanceof ShiftVertex
                || vertex instanceof L2NormalizeVertex
                || vertex instanceof UnstackVertex;
        return passes ? inputs.get(0) : MapLayout.UNKNOWN;
    }

    private MapLayout preprocessed(String name, MapLayout input, Optional<InputPreProcessor> converter) {
        if (converter.isEmpty()) {
            return input;
        }
        if (converter.get() instanceof ChannelsLastPreProcessor) {
            require(
                    input != MapLayout.CHANNELS_LAST,
                    name,
                    "maps [N, C, H, W] for its ChannelsLastPreProcessor, found them channels-last already");
            return MapLayout.CHANNELS_LAST;
        }
        if (converter.get() instanceof ChannelsFirstPreProcessor) {
            require(
                    input != MapLayout.CHANNELS_FIRST,
                    name,
                    "maps [N, H, W, C] for its ChannelsFirstPreProcessor, found them channels-first already");
            return MapLayout.CHANNELS_FIRST;
        }
        if (converter.get() instanceof CnnToFeedForwardPreProcessor flat) {
            requireFormat(name, input, flat.getFormat());
        }
        return MapLayout.UNKNOWN;
    }

    private MapLayout ofLayer(String name, MapLayout input, Layer layer) {
        if (layer instanceof ChannelsLastLayer own) {
            if (own.readsMaps()) {
                refuseChannelsFirst(name, List.of(input));
            }
            return own.givesMaps() ? MapLayout.CHANNELS_LAST : MapLayout.UNKNOWN;
        }
        if (layer instanceof GlobalPoolingLayer pooling) {
            require(
                    input != MapLayout.CHANNELS_LAST
                            || Arrays.equals(pooling.getPoolingDimensions(), CHANNELS_LAST_POOLING),
                    name,
                    "poolingDimensions(1, 2), found " + Arrays.toString(pooling.getPoolingDimensions())
                            + " (2, 3 if not set)");
            return MapLayout.UNKNOWN;
        }
        Optional<CNN2DFormat> format = ForeignFormats.of(layer);
        if (format.isPresent() && input != MapLayout.UNKNOWN) {
            requireFormat(name, input, format.get());
            return input;
        }
        boolean passes = layer instanceof ActivationLayer || layer instanceof DropoutLayer;
        return passes ? input : MapLayout.UNKNOWN;
    }

    private static Layer unwrapped(Layer layer) {
        if (layer instanceof FrozenLayer frozen) {
            return unwrapped(frozen.getLayer());
        }
        return layer instanceof FrozenLayerWithBackprop frozen ? unwrapped(frozen.getUnderlying()) : layer;
    }

    private static void requireFormat(String name, MapLayout input, CNN2DFormat format) {
        require(
                input != MapLayout.CHANNELS_LAST || format == CNN2DFormat.NHWC,
                name,
                "the format NHWC, found " + format + REMEDY);
        require(
                input != MapLayout.CHANNELS_FIRST || format == CNN2DFormat.NCHW,
                name,
                "the format NCHW, since a ChannelsFirstPreProcessor stands before it, found " + format);
    }

    private static void requireAlike(String name, List<MapLayout> inputs) {
        boolean mixed = inputs.contains(MapLayout.CHANNELS_LAST) && inputs.contains(MapLayout.CHANNELS_FIRST);
        require(!mixed, name, "maps of one order, found [N, H, W, C] and [N, C, H, W]" + REMEDY);
    }

    private static void refuseChannelsFirst(String name, List<MapLayout> inputs) {
        require(
                !inputs.contains(MapLayout.CHANNELS_FIRST),
                name,
                "maps [N, H, W, C], found [N, C, H, W]: put a ChannelsLastPreProcessor in between");
    }

    private static void require(boolean holds, String name, String needed) {
        if (!holds) {
            throw new DL4JInvalidConfigException(
                    "The vertex " + name + " reads feature maps whose channels come last and must have " + needed);
        }
    }
}
