package org.efficientnet4j.search.space;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.models.ArchitectureFile;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.spec.BlockNotation;
import org.efficientnet4j.spec.FusedMBConvStage;
import org.efficientnet4j.spec.MBConvStage;
import org.efficientnet4j.spec.StageSpec;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A base network's stages with other blocks, as an Arbiter parameter space of four parameters a stage: block type, number
 * of layers, kernel, expansion. Channels and strides stay the base's. MBConv has squeeze-excite of ratio 0.25,
 * Fused-MBConv none.
 *
 * <p>Source: EfficientNetV2 (arXiv 2104.00298) section 3.3: types {MBConv, Fused-MBConv}, kernels {3, 5}, expansions
 * {1, 4, 6}, layers; as there, skipping a stage or pooling instead is no choice, and channels are the backbone's.
 */
public final class BlockSpace extends LeafSpace<CostedBlocks> {
    /** Numbers that make up one stage. */
    public static final int GENES_A_STAGE = 4;

    private static final int[] KERNELS = {3, 5};
    private static final int[] EXPANSIONS = {1, 4, 6};
    private static final double SQUEEZE_EXCITE = 0.25;

    private final ModelDefinition base;

    @JsonProperty
    private final int mostLayers;

    @JsonProperty
    private final int classes;

    /**
     * The space around a base network.
     *
     * @param mostLayers blocks a stage may have, at least 1
     * @param classes outputs of the classifier, for the costs
     * @throws InvalidInputException for no layers
     */
    public BlockSpace(ModelDefinition base, int mostLayers, int classes) {
        if (mostLayers < 1) {
            throw new InvalidInputException("A stage must be allowed at least 1 layer, found " + mostLayers);
        }
        this.base = base;
        this.mostLayers = mostLayers;
        this.classes = classes;
    }

    @JsonCreator
    static BlockSpace of(
            @JsonProperty("base") String base,
            @JsonProperty("mostLayers") int mostLayers,
            @JsonProperty("classes") int classes) {
        return new BlockSpace(ArchitectureFile.parse(base), mostLayers, classes);
    }

    @JsonProperty("base")
    String architecture() {
        return ArchitectureFile.format(base);
    }

    /** The number of networks. */
    public double networks() {
        return Math.pow(2.0 * mostLayers * KERNELS.length * EXPANSIONS.length, stages());
    }

    @Override
    public int numParameters() {
        return GENES_A_STAGE * stages();
    }

    @Override
    public CostedBlocks own(Choice choice) {
        if (choice instanceof CostedBlocks blocks) {
            return blocks;
        }
        throw foreign(choice, "networks of blocks");
    }

    @Override
    public CostedBlocks getValue(double[] parameterValues) {
        double[] own = own(parameterValues);
        int[] genes = new int[own.length];
        for (int i = 0; i < own.length; i++) {
            genes[i] = Math.min(options(i) - 1, (int) (own[i] * options(i)));
        }
        return of(genes);
    }

    /** Numbers in [0, 1] that {@link #getValue} maps to a network. */
    public double[] values(CostedBlocks blocks) {
        int[] genes = genes(blocks);
        double[] values = new double[genes.length];
        for (int i = 0; i < genes.length; i++) {
            values[i] = (genes[i] + 0.5) / options(i);
        }
        return values;
    }

    /** The number of values of a gene. */
    public int options(int gene) {
        return switch (gene % GENES_A_STAGE) {
            case 0 -> 2;
            case 1 -> mostLayers;
            case 2 -> KERNELS.length;
            default -> EXPANSIONS.length;
        };
    }

    /** A network drawn evenly. */
    public CostedBlocks random(Random random) {
        int[] genes = new int[numParameters()];
        for (int i = 0; i < genes.length; i++) {
            genes[i] = random.nextInt(options(i));
        }
        return of(genes);
    }

    /** A network that differs in one gene. */
    public CostedBlocks mutate(CostedBlocks parent, Random random) {
        int[] genes = genes(parent);
        int gene = random.nextInt(genes.length);
        while (options(gene) == 1) {
            gene = random.nextInt(genes.length);
        }
        genes[gene] = (genes[gene] + 1 + random.nextInt(options(gene) - 1)) % options(gene);
        return of(genes);
    }

    private CostedBlocks of(int[] genes) {
        List<StageSpec> stages = new ArrayList<>();
        for (int i = 0; i < stages(); i++) {
            StageSpec from = base.spec().stages().get(i);
            int gene = i * GENES_A_STAGE;
            int layers = genes[gene + 1] + 1;
            int kernel = KERNELS[genes[gene + 2]];
            int expansion = EXPANSIONS[genes[gene + 3]];
            stages.add(
                    genes[gene] == 1
                            ? new FusedMBConvStage(layers, kernel, from.stride(), expansion, from.outChannels(), 0)
                            : new MBConvStage(
                                    layers, kernel, from.stride(), expansion, from.outChannels(), SQUEEZE_EXCITE));
        }
        int stem = base.spec().stemChannels();
        List<String> blocks = BlockNotation.format(stem, stages);
        CostedBlocks uncosted = new CostedBlocks(stem, blocks, base.evalSize(), base.cost(classes));
        return new CostedBlocks(
                stem, blocks, base.evalSize(), uncosted.model(base).cost(classes));
    }

    private int[] genes(CostedBlocks blocks) {
        int[] genes = new int[numParameters()];
        int gene = 0;
        for (StageSpec stage : BlockNotation.parse(blocks.stemChannels(), blocks.blocks())) {
            genes[gene++] = stage instanceof FusedMBConvStage ? 1 : 0;
            genes[gene++] = stage.repeats() - 1;
            genes[gene++] = indexOf(KERNELS, stage.kernel());
            genes[gene++] = indexOf(EXPANSIONS, stage.expandRatio());
        }
        return genes;
    }

    private int stages() {
        return base.spec().stages().size();
    }

    private static int indexOf(int[] values, int value) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] == value) {
                return i;
            }
        }
        throw new IllegalArgumentException("The network is not of this space: it has a value " + value);
    }
}
