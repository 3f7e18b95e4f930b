package org.efficientnet4j.train.progressive;

import java.util.ArrayList;
import java.util.List;
import org.efficientnet4j.core.InvalidInputException;

/**
 * The phases of a run in order. Weights, optimiser, averages and the learning-rate schedule run on from one to the next.
 *
 * @param phases at least one
 */
public record ProgressiveSchedule(List<ProgressivePhase> phases) {
    /** The papers' number of phases. */
    public static final int PUBLISHED_PHASES = 4;

    /** @throws InvalidInputException without a phase */
    public ProgressiveSchedule {
        phases = List.copyOf(phases);
        if (phases.isEmpty()) {
            throw new InvalidInputException("A schedule needs at least 1 phase, found none");
        }
    }

    /**
     * How a run is divided.
     *
     * @param phases how many, at least 1 and at most the epochs
     * @param epochs of the whole run, shared out as evenly as whole epochs allow
     * @param batch images a step; of the last phase, where batches follow the size
     * @param sizeMultiple what sizes between the ends are rounded to, at least 1 pixel
     * @param constantMemory whether smaller images come in larger batches, as many as fit where the last phase's fit
     */
    public record Division(int phases, int epochs, int batch, int sizeMultiple, boolean constantMemory) {
        /** @throws InvalidInputException for more phases than epochs or a number below 1 */
        public Division {
            if (epochs < 1 || batch < 1 || sizeMultiple < 1 || phases < 1) {
                throw new InvalidInputException("Phases, epochs, batch and size multiple must be at least 1, found "
                        + phases + ", " + epochs + ", " + batch + " and " + sizeMultiple);
            }
            if (phases > epochs) {
                throw new InvalidInputException("progressive.stages must not exceed epochs, found " + phases + " of "
                        + epochs + ": train longer or choose fewer --phases");
            }
        }

        private int epochsOf(int phase) {
            return (int) ((long) epochs * (phase + 1) / phases - (long) epochs * phase / phases);
        }

        private int batchAt(int size, int lastSize) {
            double pixels = (double) lastSize / size;
            return constantMemory ? Math.max(batch, (int) (batch * pixels * pixels)) : batch;
        }

        private int rounded(double size, int least, int most) {
            long multiple = Math.round(size / sizeMultiple) * sizeMultiple;
            return (int) Math.max(least, Math.min(most, multiple));
        }
    }

    /** One phase with everything at the range's end. */
    public static ProgressiveSchedule fixed(ProgressiveRange range, int epochs, int batch) {
        return new ProgressiveSchedule(List.of(new ProgressivePhase(range.maxSize(), batch, epochs, range.max())));
    }

    /** The schedule of {@link ProgressiveMode#PAPER}; a single phase has everything at the range's end. */
    public static ProgressiveSchedule paper(ProgressiveRange range, Division division) {
        List<ProgressivePhase> phases = new ArrayList<>();
        for (int i = 0; i < division.phases(); i++) {
            double share = linear(i, division.phases());
            double size = range.minSize() + (range.maxSize() - range.minSize()) * share;
            phases.add(phase(range, division, i, size, range.min().towards(range.max(), share)));
        }
        return new ProgressiveSchedule(phases);
    }

    /** The schedule of {@link ProgressiveMode#AUTOML}. */
    public static ProgressiveSchedule automl(ProgressiveRange range, Division division) {
        List<ProgressivePhase> phases = new ArrayList<>();
        for (int i = 0; i < division.phases(); i++) {
            double size = range.minSize() + (range.maxSize() - range.minSize()) * (i + 1.0) / division.phases();
            Strengths strengths = range.min()
                    .towards(range.max(), linear(i, division.phases()))
                    .withDropout(range.max().dropout());
            phases.add(phase(range, division, i, Math.floor(size), strengths));
        }
        return new ProgressiveSchedule(phases);
    }

    /** Epochs of all phases. */
    public int epochs() {
        return phases.stream().mapToInt(ProgressivePhase::epochs).sum();
    }

    private static ProgressivePhase phase(
            ProgressiveRange range, Division division, int index, double size, Strengths strengths) {
        boolean last = index == division.phases() - 1;
        int pixels = last ? range.maxSize() : division.rounded(size, range.minSize(), range.maxSize());
        return new ProgressivePhase(
                pixels, division.batchAt(pixels, range.maxSize()), division.epochsOf(index), strengths);
    }

    private static double linear(int index, int phases) {
        return phases == 1 ? 1 : index / (phases - 1.0);
    }
}
