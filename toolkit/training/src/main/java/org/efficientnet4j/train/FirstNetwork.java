package org.efficientnet4j.train;

import java.util.Locale;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.graph.ClassifierInit;
import org.efficientnet4j.graph.GraphOptions;
import org.efficientnet4j.graph.NetworkGraph;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.plan.PlanSettings;
import org.efficientnet4j.train.options.TrainingOptions;
import org.efficientnet4j.train.options.TransferOptions;
import org.efficientnet4j.transfer.NetworkStages;
import org.efficientnet4j.transfer.TransferLearning;

/** The network that a run starts with: drawn at random, or a trained one with a new classifier. */
final class FirstNetwork {
    private final TrainingOptions options;
    private final ModelDefinition model;
    private final double batchNormDecay;

    /** @param batchNormDecay weight of the old statistics */
    FirstNetwork(TrainingOptions options, ModelDefinition model, double batchNormDecay) {
        this.options = options;
        this.model = model;
        this.batchNormDecay = batchNormDecay;
    }

    /** The network with random weights. */
    ComputationGraph drawn() {
        return NetworkGraph.create(
                model,
                complete(GraphOptions.builder(model)).zeroInitResidual(true).build());
    }

    /**
     * The network as the options ask for it.
     *
     * @throws InvalidInputException if the trained weights cannot be read, or are not this model's
     */
    ComputationGraph create() {
        TransferOptions from = options.transfer();
        if (from.init().isEmpty()) {
            return drawn();
        }
        Pretrained trained =
                Pretrained.read(Pretrained.locate(from.init().get()), options.model(), model, from.source());
        from.sha256().filter(expected -> !expected.equals(trained.sha256())).ifPresent(expected -> {
            throw new InvalidInputException("transfer.init " + from.init().get() + " must have the SHA-256 " + expected
                    + " as in transfer.sha256, found " + trained.sha256()
                    + ": give the same file, or leave transfer.sha256 out");
        });
        if (trained.channels() != PlanSettings.RGB) {
            throw new InvalidInputException("transfer.init must be trained on images of " + PlanSettings.RGB
                    + " channels as this run's are, found " + trained.channels() + " in "
                    + from.init().get());
        }
        TransferLearning transfer = new TransferLearning(trained.network(), model);
        try {
            return transfer.network(complete(transfer.options()).build());
        } catch (InvalidInputException e) {
            throw new InvalidInputException(from.init().get() + ": " + e.getMessage(), e);
        }
    }

    private GraphOptions.Builder complete(GraphOptions.Builder builder) {
        return builder.classes(options.data().classes())
                .classifierInit(ClassifierInit.BY_FEATURES)
                .batchNormDecay(batchNormDecay)
                .dropout(options.regularization().dropout())
                .dropConnectRate(options.mostDropConnect())
                .seed(options.seed());
    }

    /** Where the weights come from and what of them learns, in one line. */
    static String describe(TrainingOptions options, ModelDefinition model) {
        TransferOptions transfer = options.transfer();
        if (transfer.init().isEmpty()) {
            return "random weights of seed " + options.seed();
        }
        String file = transfer.init().get();
        String origin = transfer.source()
                .map(source -> ", " + source.name().toLowerCase(Locale.ROOT))
                .orElse("");
        String checksum = transfer.sha256().map(sha -> ", SHA-256 " + sha).orElse("");
        return "trained weights of " + file + origin + checksum + "; " + learning(options, model);
    }

    private static String learning(TrainingOptions options, ModelDefinition model) {
        TransferOptions transfer = options.transfer();
        NetworkStages stages = NetworkStages.of(model.plan());
        long all = model.cost(options.data().classes()).trainableParameters();
        StringBuilder text = new StringBuilder();
        if (transfer.freezeUntil().isPresent()) {
            String last = transfer.freezeUntil().get();
            long frozen = stages.trainableParameters(stages.index(TransferOptions.FREEZE_UNTIL, last) + 1);
            text.append(String.format(
                    Locale.ROOT, "frozen until %s, %,d of %,d parameters learn", last, all - frozen, all));
            if (transfer.unfreezeEvery() > 0) {
                text.append(", one stage more every ")
                        .append(transfer.unfreezeEvery())
                        .append(" epochs");
            }
        } else {
            text.append(String.format(Locale.ROOT, "all %,d parameters learn", all));
        }
        if (transfer.layerLearningRateDecay() < 1) {
            text.append(", each stage at ")
                    .append(transfer.layerLearningRateDecay())
                    .append(" of the rate of the one behind it");
        }
        return text.toString();
    }
}
