package org.efficientnet4j.train;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.graph.ClassifierInit;
import org.efficientnet4j.graph.GraphOptions;
import org.efficientnet4j.graph.NetworkGraph;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.plan.NetworkPlan;
import org.efficientnet4j.plan.Padding;
import org.efficientnet4j.plan.PlanSettings;
import org.efficientnet4j.train.options.ClassifierStart;
import org.efficientnet4j.train.options.DataOptions;
import org.efficientnet4j.train.options.RegularizationOptions;
import org.efficientnet4j.train.options.RunOptions;
import org.efficientnet4j.train.options.TrainingOptions;
import org.efficientnet4j.train.options.TransferOptions;
import org.efficientnet4j.transfer.ClassifierRows;
import org.efficientnet4j.transfer.NetworkStages;
import org.efficientnet4j.transfer.TransferLearning;

/** The network that a run starts with: drawn at random, or a trained one, with its classifier or a new one. */
final class FirstNetwork {
    private final TrainingOptions options;
    private final ModelDefinition model;
    private final List<String> labels;
    private final double batchNormDecay;

    /**
     * @param labels of the run's classes, in the order of the network's outputs
     * @param batchNormDecay weight of the old statistics
     */
    FirstNetwork(TrainingOptions options, ModelDefinition model, List<String> labels, double batchNormDecay) {
        this.options = options;
        this.model = model;
        this.labels = List.copyOf(labels);
        this.batchNormDecay = batchNormDecay;
    }

    /** The network with random weights. */
    ComputationGraph drawn() {
        GraphOptions.Builder settings =
                GraphOptions.builder(model).padding(model.plan().padding().orElse(Padding.SAME));
        ComputationGraph network = new ComputationGraph(NetworkGraph.configuration(
                plan(options, model), complete(settings).zeroInitResidual(true).build()));
        network.init();
        return network;
    }

    /**
     * The network as the options ask for it.
     *
     * @throws InvalidInputException if the trained weights cannot be read, or are not this model's
     */
    ComputationGraph create() {
        Optional<String> from = options.find(TransferOptions.INIT);
        return from.isEmpty() ? drawn() : started(from.get());
    }

    private ComputationGraph started(String file) {
        Pretrained trained = Pretrained.read(
                Pretrained.locate(file), options.get(RunOptions.MODEL), model, options.find(TransferOptions.SOURCE));
        requireChecksum(file, trained);
        int channels = options.get(DataOptions.CHANNELS);
        if (trained.channels() != PlanSettings.RGB && trained.channels() != channels) {
            throw new InvalidInputException(options.name(TransferOptions.INIT) + " must be trained on images of "
                    + PlanSettings.RGB + " channels"
                    + (channels == PlanSettings.RGB ? "" : " or " + channels)
                    + " for this run's images of " + channels + ", found " + trained.channels() + " in " + file);
        }
        TransferLearning transfer = new TransferLearning(trained.network(), model);
        try {
            ComputationGraph network =
                    transfer.network(complete(transfer.options()).build(), channels);
            ClassifierStart start = options.find(TransferOptions.CLASSIFIER).orElse(ClassifierStart.DRAWN);
            rows(start, trained.labels()).ifPresent(rows -> transfer.copyClassifier(network, rows));
            return network;
        } catch (InvalidInputException e) {
            throw new InvalidInputException(file + ": " + e.getMessage(), e);
        }
    }

    private Optional<ClassifierRows> rows(ClassifierStart start, List<String> trained) {
        return switch (start) {
            case DRAWN -> Optional.empty();
            case KEPT -> {
                if (!trained.equals(labels)) {
                    throw new InvalidInputException(options.name(TransferOptions.CLASSIFIER)
                            + " kept needs the trained network's classes in the same order, found " + labels
                            + " here and " + (trained.isEmpty() ? "none named" : trained)
                            + " there: choose by-name or drawn");
                }
                yield Optional.of(ClassifierRows.byName(trained, labels));
            }
            case BY_NAME -> {
                ClassifierRows rows = ClassifierRows.byName(trained, labels);
                if (rows.kept() == 0) {
                    throw new InvalidInputException(options.name(TransferOptions.CLASSIFIER)
                            + " by-name needs classes of the same name, found none of " + labels + " in "
                            + (trained.isEmpty() ? "a file that names no classes" : trained) + ": choose drawn");
                }
                yield Optional.of(rows);
            }
        };
    }

    private void requireChecksum(String file, Pretrained trained) {
        options.find(TransferOptions.SHA256)
                .filter(expected -> !expected.equals(trained.sha256()))
                .ifPresent(expected -> {
                    throw new InvalidInputException(options.name(TransferOptions.INIT) + " " + file
                            + " must have the SHA-256 " + expected + " as in " + TransferOptions.SHA256 + ", found "
                            + trained.sha256() + ": give the same file, or leave " + TransferOptions.SHA256 + " out");
                });
    }

    private GraphOptions.Builder complete(GraphOptions.Builder builder) {
        options.find(RunOptions.PADDING).ifPresent(builder::padding);
        return builder.classes(options.get(DataOptions.CLASSES))
                .classifierInit(ClassifierInit.BY_FEATURES)
                .batchNormDecay(batchNormDecay)
                .dropout(options.get(RegularizationOptions.DROPOUT))
                .dropConnectRate(options.mostDropConnect())
                .seed(options.get(RunOptions.SEED));
    }

    /** The network for images of the run's channels and for its classes. */
    private static NetworkPlan plan(TrainingOptions options, ModelDefinition model) {
        return model.plan(PlanSettings.classes(options.get(DataOptions.CLASSES))
                .withInputChannels(options.get(DataOptions.CHANNELS)));
    }

    /** The origin of the weights and the part of them that learns, in one line. */
    static String describe(TrainingOptions options, ModelDefinition model) {
        Optional<String> file = options.find(TransferOptions.INIT);
        if (file.isEmpty()) {
            return "random weights of seed " + options.get(RunOptions.SEED);
        }
        String origin = options.find(TransferOptions.SOURCE)
                .map(source -> ", " + source.name().toLowerCase(Locale.ROOT))
                .orElse("");
        String checksum = options.find(TransferOptions.SHA256)
                .map(sha -> ", SHA-256 " + sha)
                .orElse("");
        return "trained weights of " + file.get() + origin + checksum + classifier(options) + "; "
                + learning(options, model);
    }

    private static String classifier(TrainingOptions options) {
        return switch (options.find(TransferOptions.CLASSIFIER).orElse(ClassifierStart.DRAWN)) {
            case DRAWN -> "";
            case KEPT -> ", with its classifier";
            case BY_NAME -> ", with its classifier's rows of the same name";
        };
    }

    private static String learning(TrainingOptions options, ModelDefinition model) {
        NetworkPlan plan = plan(options, model);
        NetworkStages stages = NetworkStages.of(plan);
        long all = plan.trainableParameters();
        StringBuilder text = new StringBuilder();
        Optional<String> last = options.find(TransferOptions.FREEZE_UNTIL);
        if (last.isPresent()) {
            int index = stages.index(options.name(TransferOptions.FREEZE_UNTIL), last.get());
            long frozen = stages.trainableParameters(index + 1);
            text.append(String.format(
                    Locale.ROOT, "frozen until %s, %,d of %,d parameters learn", last.get(), all - frozen, all));
            int every = TransferOptions.unfreezeEvery(options);
            if (every > 0) {
                text.append(", one stage more every ").append(every).append(" epochs");
            }
        } else {
            text.append(String.format(Locale.ROOT, "all %,d parameters learn", all));
        }
        double decay = TransferOptions.layerDecay(options);
        if (decay < 1) {
            text.append(", each stage at ").append(decay).append(" of the rate of the one behind it");
        }
        return text.toString();
    }
}
