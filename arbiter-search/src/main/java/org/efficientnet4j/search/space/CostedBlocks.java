package org.efficientnet4j.search.space;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.scaling.ModelCost;
import org.efficientnet4j.spec.ArchitectureSpec;
import org.efficientnet4j.spec.BlockNotation;
import org.efficientnet4j.spec.FusedMBConvStage;
import org.efficientnet4j.spec.StageSpec;

/**
 * A base network's blocks and what the network of them costs.
 *
 * @param stemChannels the stem's output channels
 * @param blocks the stages in the published notation, first to last
 * @param size image height and width, in pixels
 * @param cost parameters, multiply-accumulates and activation memory at that size
 */
public record CostedBlocks(int stemChannels, List<String> blocks, int size, ModelCost cost) implements Choice {
    /** @throws org.efficientnet4j.core.InvalidInputException for blocks that are no network */
    public CostedBlocks {
        blocks = List.copyOf(blocks);
        BlockNotation.parse(stemChannels, blocks);
    }

    @Override
    public double resolution() {
        return 1;
    }

    @Override
    public ModelDefinition model(ModelDefinition base) {
        ArchitectureSpec spec =
                new ArchitectureSpec(stemChannels, stages(), base.spec().headChannels());
        return new ModelDefinition(
                base.name() + "_searched",
                spec,
                base.scaling(),
                base.rounding(),
                base.trainSize(),
                base.evalSize(),
                base.dropout(),
                base.normalization());
    }

    @Override
    public Map<String, Double> parameters() {
        Map<String, Double> parameters = new LinkedHashMap<>();
        int number = 0;
        for (StageSpec stage : stages()) {
            String name = "stage" + ++number + ".";
            parameters.put(name + "fused", stage instanceof FusedMBConvStage ? 1.0 : 0.0);
            parameters.put(name + "layers", (double) stage.repeats());
            parameters.put(name + "kernel", (double) stage.kernel());
            parameters.put(name + "expand", (double) stage.expandRatio());
        }
        return parameters;
    }

    /** Each stage as type, layers, kernel and expansion, e.g. {@code F2k3e4}. */
    @Override
    public String label() {
        StringBuilder label = new StringBuilder();
        for (StageSpec stage : stages()) {
            label.append(label.isEmpty() ? "" : " ")
                    .append(stage instanceof FusedMBConvStage ? 'F' : 'M')
                    .append(stage.repeats())
                    .append('k')
                    .append(stage.kernel())
                    .append('e')
                    .append(stage.expandRatio());
        }
        return label.toString();
    }

    private List<StageSpec> stages() {
        return BlockNotation.parse(stemChannels, blocks);
    }
}
