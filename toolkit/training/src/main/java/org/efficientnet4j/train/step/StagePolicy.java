package org.efficientnet4j.train.step;

import java.util.List;
import java.util.Optional;
import org.efficientnet4j.train.options.OptimizerOptions;
import org.efficientnet4j.train.options.TrainingOptions;
import org.efficientnet4j.train.options.TransferOptions;
import org.efficientnet4j.train.phase.TrainingPhase;
import org.efficientnet4j.transfer.NetworkStages;
import org.nd4j.linalg.schedule.ISchedule;

/** Which stages of a network learn when, and how fast: a function of the options alone, so that a resumed run agrees. */
final class StagePolicy {
    private final TrainingOptions options;
    private final NetworkStages network;
    private final List<TrainingPhase> run;
    private final int accumulate;
    private final boolean adam;
    private final int frozenAtFirst;

    /**
     * @param network the stages that the options' names mean
     * @param run the run's stages, which tell how many steps an epoch has
     */
    StagePolicy(TrainingOptions options, NetworkStages network, List<TrainingPhase> run) {
        this.options = options;
        this.network = network;
        this.run = run;
        this.accumulate = options.get(OptimizerOptions.ACCUMULATE);
        this.adam = options.get(OptimizerOptions.ALGORITHM).correctsBias();
        this.frozenAtFirst = options.find(TransferOptions.FREEZE_UNTIL)
                .map(name -> network.index(options.name(TransferOptions.FREEZE_UNTIL), name) + 1)
                .orElse(0);
    }

    /** How many stages do not learn in an epoch, counted from 0. */
    int frozen(int epoch) {
        int every = TransferOptions.unfreezeEvery(options);
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
        double share = Math.pow(TransferOptions.layerDecay(options), behind);
        long first = stage < frozenAtFirst && TransferOptions.unfreezeEvery(options) > 0
                ? TrainingPhase.firstStep(
                        run, TransferOptions.unfreezeEvery(options) * (frozenAtFirst - stage), accumulate)
                : 0;
        return share == 1 && first == 0 ? whole : new StageRate(whole, share, first, adam);
    }
}
