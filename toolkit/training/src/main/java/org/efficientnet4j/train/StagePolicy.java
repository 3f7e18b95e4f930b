package org.efficientnet4j.train;

import java.util.List;
import java.util.Optional;
import org.efficientnet4j.train.options.TrainingOptions;
import org.efficientnet4j.train.options.TransferOptions;
import org.efficientnet4j.transfer.NetworkStages;
import org.nd4j.linalg.schedule.ISchedule;

/** Which stages of a network learn when, and how fast: a function of the options alone, so that a resumed run agrees. */
final class StagePolicy {
    private final TransferOptions options;
    private final NetworkStages network;
    private final List<TrainingStage> run;
    private final int accumulate;
    private final boolean adam;
    private final int frozenAtFirst;

    /**
     * @param network the stages that the options' names mean
     * @param run the run's stages, which tell how many steps an epoch has
     */
    StagePolicy(TrainingOptions options, NetworkStages network, List<TrainingStage> run) {
        this.options = options.transfer();
        this.network = network;
        this.run = run;
        this.accumulate = options.optimizer().accumulate();
        this.adam = options.optimizer().name().correctsBias();
        this.frozenAtFirst = this.options
                .freezeUntil()
                .map(name -> network.index(TransferOptions.FREEZE_UNTIL, name) + 1)
                .orElse(0);
    }

    /** How many stages do not learn in an epoch, counted from 0. */
    int frozen(int epoch) {
        int every = options.unfreezeEvery();
        return Math.max(0, frozenAtFirst - (every == 0 ? 0 : epoch / every));
    }

    /** The vertex behind which the network learns; empty if all of it does. */
    Optional<String> boundary(int epoch) {
        int frozen = frozen(epoch);
        return frozen == 0
                ? Optional.empty()
                : Optional.of(network.stages().get(frozen - 1).last().name());
    }

    /** The last stage that does not learn. */
    Optional<String> lastFrozen(int epoch) {
        int frozen = frozen(epoch);
        return frozen == 0 ? Optional.empty() : Optional.of(network.names().get(frozen - 1));
    }

    /** The learning rate of a layer. */
    ISchedule rate(String layer, ISchedule whole) {
        int stage = network.indexOfLayer(layer);
        int behind = network.stages().size() - stage;
        double share = Math.pow(options.layerLearningRateDecay(), behind);
        long first = stage < frozenAtFirst && options.unfreezeEvery() > 0
                ? TrainingStage.firstStep(run, options.unfreezeEvery() * (frozenAtFirst - stage), accumulate)
                : 0;
        return share == 1 && first == 0 ? whole : new StageRate(whole, share, first, adam);
    }
}
