package org.efficientnet4j.train.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.train.options.PhasePlan;
import org.efficientnet4j.train.options.ProgressiveOptions;
import org.efficientnet4j.train.options.RunOptions;
import org.efficientnet4j.train.options.ScheduleOptions;
import org.efficientnet4j.train.options.TrainingOptions;
import org.efficientnet4j.train.options.TrainingOptionsBuilder;
import org.efficientnet4j.train.progressive.ProgressiveMode;
import org.efficientnet4j.train.progressive.ProgressivePhase;

/**
 * More epochs for a run. A progressive run's come to its last phase, so that the phases that are done stay what they were.
 *
 * @param epochs of the whole run, those done included
 * @param change the learning rate over the new epochs
 */
public record RunExtension(int epochs, ScheduleChange change) {
    /**
     * The options that the run goes on with.
     *
     * @param run with the options that it had
     * @throws InvalidInputException unless there are more epochs, or if the schedule is to restart before the run's old end
     */
    public TrainingOptions of(TrainingRun run) {
        TrainingOptions stored = run.options();
        int before = stored.get(RunOptions.EPOCHS);
        if (epochs <= before) {
            throw new InvalidInputException("A run is resumed with more epochs than it was started with, " + before
                    + ", or with as many, found " + epochs + ": choose a larger --epochs or leave it out");
        }
        TrainingOptionsBuilder builder = stored.toBuilder().set(RunOptions.EPOCHS, epochs);
        if (change == ScheduleChange.RESTART) {
            requireEnded(run, before);
            builder.set(ScheduleOptions.RESTART_EPOCH, before);
        }
        if (stored.get(ProgressiveOptions.MODE) != ProgressiveMode.OFF) {
            builder.set(ProgressiveOptions.MODE, ProgressiveMode.EXPLICIT);
            builder.set(ProgressiveOptions.PLAN, plan(stored, epochs - before));
        }
        return builder.build();
    }

    /** The change of the learning rate in words, for who asked for it. */
    public String description(TrainingOptions stored) {
        int before = stored.get(RunOptions.EPOCHS);
        String shape = stored.get(ScheduleOptions.SHAPE).name().toLowerCase(Locale.ROOT);
        return "The run goes on from " + before + " to " + epochs + " epochs; "
                + switch (change) {
                    case EXTEND ->
                        "its " + shape + " schedule extends over all of them, as if it had been started with " + epochs;
                    case RESTART ->
                        "its " + shape + " schedule starts anew after epoch " + before + ", at the peak after warm-up";
                };
    }

    private static void requireEnded(TrainingRun run, int epochs) {
        int done = new Checkpoints(run).epochsDone();
        if (done < epochs) {
            throw new InvalidInputException("A schedule is restarted after the run's last epoch, " + epochs + ", found "
                    + done + " done: finish the run first (--resume), or choose --schedule extend");
        }
    }

    private static List<PhasePlan> plan(TrainingOptions stored, int more) {
        List<ProgressivePhase> phases = new ArrayList<>(stored.phases().phases());
        ProgressivePhase last = phases.remove(phases.size() - 1);
        phases.add(new ProgressivePhase(last.size(), last.batch(), last.epochs() + more, last.strengths()));
        return phases.stream().map(PhasePlan::of).toList();
    }
}
