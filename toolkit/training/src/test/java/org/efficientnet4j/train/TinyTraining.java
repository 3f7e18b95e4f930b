package org.efficientnet4j.train;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.core.Normalization;
import org.efficientnet4j.core.Preprocessing;
import org.efficientnet4j.model.ModelMetadata;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.models.ModelText;
import org.efficientnet4j.scaling.ChannelRounding;
import org.efficientnet4j.scaling.CompoundScaling;
import org.efficientnet4j.spec.ArchitectureSpec;
import org.efficientnet4j.spec.BlockNotation;
import org.efficientnet4j.train.options.DataOptions;
import org.efficientnet4j.train.options.OptimizerOptions;
import org.efficientnet4j.train.options.RegularizationOptions;
import org.efficientnet4j.train.options.RunOptions;
import org.efficientnet4j.train.options.TrainingOptions;
import org.efficientnet4j.train.options.TrainingOptionsBuilder;
import org.efficientnet4j.train.phase.EpochSource;
import org.efficientnet4j.train.phase.TrainingPhase;
import org.efficientnet4j.train.run.TrainingRun;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/** A network and data so small that a test trains in a second: 6x6 images whose class is their brightest channel. */
public final class TinyTraining {
    static final int CLASSES = 3;
    static final int SIZE = 6;
    static final List<String> LABELS = List.of("red", "green", "blue");

    /** The description in metadata, for which the trainer has no use unless stages differ; not {@link #network}'s. */
    private static final ModelDefinition MODEL = model();

    private TinyTraining() {}

    private static ModelDefinition model() {
        ArchitectureSpec spec = new ArchitectureSpec(4, BlockNotation.parse(4, List.of("r1_k3_s1_e1_i4_o4_c1")), 4);
        ModelDefinition staged = new ModelDefinition(
                "tiny", spec, CompoundScaling.NONE, ChannelRounding.PLAIN, SIZE, SIZE, 0, Normalization.INCEPTION);
        return ModelText.read(ModelText.write(staged)); // as a file holds it
    }

    /** Convolution, batch norm, pooling, and a classifier with dropout; always the same first weights. */
    public static ComputationGraph network(double dropout) {
        OutputLayer.Builder output =
                new OutputLayer.Builder().nIn(4).nOut(CLASSES).activation(Activation.SOFTMAX);
        if (dropout > 0) {
            output.dropOut(1 - dropout);
        }
        ComputationGraphConfiguration configuration = new NeuralNetConfiguration.Builder()
                .seed(7)
                .graphBuilder()
                .addInputs("input")
                .addLayer(
                        "conv",
                        new ConvolutionLayer.Builder(3, 3).nIn(3).nOut(4).build(),
                        "input")
                .addLayer(
                        "norm",
                        new BatchNormalization.Builder()
                                .nIn(4)
                                .nOut(4)
                                .useLogStd(false)
                                .build(),
                        "conv")
                .addLayer("pool", new GlobalPoolingLayer.Builder(PoolingType.AVG).build(), "norm")
                .addLayer("output", output.build(), "pool")
                .setOutputs("output")
                .build();
        ComputationGraph graph = new ComputationGraph(configuration);
        graph.init();
        return graph;
    }

    public static TrainingOptionsBuilder options() {
        return TrainingOptions.builder()
                .set(RunOptions.MODEL, "tiny")
                .set(DataOptions.SOURCE, "synthetic")
                .set(DataOptions.CLASSES, CLASSES)
                .set(DataOptions.SIZE, SIZE)
                .set(RegularizationOptions.DROPOUT, 0.0)
                .set(DataOptions.NORMALIZATION, Normalization.INCEPTION)
                .set(DataOptions.BATCH, 8)
                .set(RunOptions.EPOCHS, 4)
                .set(DataOptions.WORKERS, 1)
                .set(OptimizerOptions.LEARNING_RATE, 0.05);
    }

    public static ModelMetadata metadata() {
        return new ModelMetadata(
                MODEL, LABELS, 3, new Preprocessing(SIZE, 1, Normalization.INCEPTION), Optional.empty());
    }

    public static Trainer trainer(TrainingRun run, ComputationGraph network) {
        TrainingPhase phase =
                new TrainingPhase(run.options().get(RunOptions.EPOCHS), source(48, 8, 1), source(30, 8, 2));
        return new Trainer(run, network, List.of(phase), metadata(), "bright channels", "random weights");
    }

    /** Noise with one channel raised; the order changes with the epoch. */
    public static EpochSource source(int examples, int batch, long seed) {
        return new EpochSource() {
            @Override
            public int examples() {
                return examples;
            }

            @Override
            public int batches() {
                return (examples + batch - 1) / batch;
            }

            @Override
            public DataSetIterator epoch(int epoch) {
                List<DataSet> all = new java.util.ArrayList<>();
                for (int i = 0; i < examples; i++) {
                    all.add(example(i, seed));
                }
                java.util.Collections.shuffle(all, new Random(seed * 1000 + epoch));
                return new ListDataSetIterator<>(all, batch);
            }
        };
    }

    private static DataSet example(int index, long seed) {
        Random random = new Random(seed * 7919 + index);
        int label = index % CLASSES;
        INDArray image = Nd4j.create(DataType.FLOAT, 1, 3, SIZE, SIZE);
        for (int c = 0; c < 3; c++) {
            for (int y = 0; y < SIZE; y++) {
                for (int x = 0; x < SIZE; x++) {
                    image.putScalar(new int[] {0, c, y, x}, random.nextGaussian() + (c == label ? 0.5 : 0));
                }
            }
        }
        INDArray oneHot = Nd4j.create(DataType.FLOAT, 1, CLASSES);
        oneHot.putScalar(0, label, 1);
        return new DataSet(image, oneHot);
    }
}
