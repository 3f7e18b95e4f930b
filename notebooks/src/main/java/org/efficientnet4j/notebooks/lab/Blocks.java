package org.efficientnet4j.notebooks.lab;

import java.util.List;
import org.efficientnet4j.notebooks.show.BlockDiagram;
import org.efficientnet4j.notebooks.show.Table;
import org.efficientnet4j.plan.Block;
import org.efficientnet4j.plan.NetworkPlan;
import org.efficientnet4j.plan.Node;
import org.efficientnet4j.plan.Operation.Convolution;
import org.efficientnet4j.plan.Operation.SqueezeExcite;
import org.efficientnet4j.plan.Section;
import org.efficientnet4j.plan.Shape;
import org.efficientnet4j.scaling.ChannelRounding;
import org.efficientnet4j.scaling.CompoundScaling;
import org.efficientnet4j.scaling.StagedNetwork;
import org.efficientnet4j.spec.ArchitectureSpec;
import org.efficientnet4j.spec.StageSpec;

/** Costs and diagrams of single blocks. */
public final class Blocks {
    private Blocks() {}

    /**
     * The blocks of a stage.
     *
     * @param channels of the map that the stage reads
     */
    public static List<Block> of(StageSpec stage, int channels) {
        ArchitectureSpec spec = new ArchitectureSpec(channels, List.of(stage), channels);
        NetworkPlan plan = new StagedNetwork(spec, CompoundScaling.NONE, ChannelRounding.PLAIN, false).plan(0);
        return plan.sections(Section.Kind.BODY).get(0).blocks();
    }

    /** Multiply-accumulates of a convolution on a map of so many pixels a side. */
    public static long macs(Convolution layer, int size) {
        long out = layer.outputSize(size);
        return layer.weights() * out * out;
    }

    /** Multiply-accumulates of a block's convolutions and gates on a map of so many pixels a side. */
    public static long macs(Block block, int size) {
        long sum = 0;
        int current = size;
        for (Node node : block.nodes()) {
            if (node.operation() instanceof Convolution convolution) {
                sum += macs(convolution, current);
                current = convolution.outputSize(current);
            } else if (node.operation() instanceof SqueezeExcite gate) {
                sum += macs(gate);
            }
        }
        return sum;
    }

    /** Multiply-accumulates of a section's convolutions and gates, given the shapes of its network's maps. */
    public static long macs(Section section, java.util.Map<String, Shape> shapes) {
        long sum = 0;
        for (Node node : section.nodes()) {
            if (node.operation() instanceof Convolution convolution) {
                sum += convolution.weights() * shapes.get(node.name()).area();
            } else if (node.operation() instanceof SqueezeExcite gate) {
                sum += macs(gate);
            }
        }
        return sum;
    }

    private static long macs(SqueezeExcite gate) {
        return 2L * gate.channels() * gate.reducedChannels();
    }

    /** A table of a block's layers: the maps they make, their parameters and multiply-accumulates. */
    public static Table table(Block block, int size) {
        Table table = Table.of("layer", "kernel", "makes", "parameters", "MACs");
        int current = size;
        for (Node node : block.nodes()) {
            if (node.operation() instanceof Convolution convolution) {
                long macs = macs(convolution, current);
                current = convolution.outputSize(current);
                table.row(
                        node.part(),
                        convolution.kernel() + " x " + convolution.kernel(),
                        Shape.map(convolution.outChannels(), current, current),
                        convolution.trainableParameters(),
                        macs);
            } else if (node.operation() instanceof SqueezeExcite gate) {
                table.row(
                        node.part(),
                        "through " + gate.reducedChannels() + " numbers",
                        Shape.map(gate.channels(), current, current),
                        gate.trainableParameters(),
                        macs(gate));
            }
        }
        return table;
    }

    /**
     * A diagram of a block.
     *
     * @param channels of the map that it reads
     * @param size of that map, in pixels a side
     */
    public static BlockDiagram diagram(String title, Block block, int channels, int size) {
        BlockDiagram diagram = BlockDiagram.of(title, channels, size);
        int current = size;
        for (Node node : block.nodes()) {
            if (node.operation() instanceof Convolution convolution) {
                current = convolution.outputSize(current);
                String stride = convolution.stride() > 1 ? ", stride " + convolution.stride() : "";
                diagram.layer(
                        word(node.part()),
                        convolution.kernel() + "x" + convolution.kernel() + stride,
                        convolution.outChannels(),
                        current);
            } else if (node.operation() instanceof SqueezeExcite gate) {
                diagram.layer("gate", "0 to 1 a channel", gate.channels(), current);
            }
        }
        return block.has("add") ? diagram.shortcut() : diagram;
    }

    private static String word(String part) {
        return part.isEmpty() ? "convolution" : part;
    }
}
