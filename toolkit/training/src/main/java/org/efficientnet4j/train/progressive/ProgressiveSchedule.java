package org.efficientnet4j.train.progressive;

import java.util.ArrayList;
import java.util.List;
import org.efficientnet4j.core.InvalidInputException;

/**
 * The stages of a run in order. Weights, optimiser, averages and the learning-rate schedule run on from one to the next.
 *
 * @param stages at least one
 */
public record ProgressiveSchedule(List<ProgressiveStage> stages) {
    /** The papers' number of stages. */
    public static final int PUBLISHED_STAGES = 4;

    /** @throws InvalidInputException without a stage */
    public ProgressiveSchedule {
        stages = List.copyOf(stages);
        if (stages.isEmpty()) {
            throw new InvalidInputException("A schedule needs at least 1 stage, found none");
        }
    }

    /**
     * How a run is divided.
     *
     * @param stages how many, at least 1 and at most the epochs
     * @param epochs of the whole run, shared out as evenly as whole epochs allow
     * @param batch images a step; of the last stage, where batches follow the size
     * @param sizeMultiple what sizes between the ends are rounded to, at least 1 pixel
     * @param constantMemory whether smaller images come in larger batches, as many as fit where the last stage's fit
     */
    public record Division(int stages, int epochs, int batch, int sizeMultiple, boolean constantMemory) {
        /** @throws InvalidInputException for more stages than epochs or a number below 1 */
        public Division {
            if (epochs < 1 || batch < 1 || sizeMultiple < 1 || stages < 1) {
                throw new InvalidInputException("Stages, epochs, batch and size multiple must be at least 1, found "
                        + stages + ", " + epochs + ", " + batch + " and " + sizeMultiple);
            }
            if (stages > epochs) {
                throw new InvalidInputException("progressive.stages must not exceed epochs, found " + stages + " of "
                        + epochs + ": train longer or choose fewer --stages");
            }
        }

        private int epochsOf(int stage) {
            return (int) ((long) epochs * (stage + 1) / stages - (long) epochs * stage / stages);
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

    /** One stage with everything at the range's end. */
    public static ProgressiveSchedule fixed(ProgressiveRange range, int epochs, int batch) {
        return new ProgressiveSchedule(List.of(new ProgressiveStage(range.maxSize(), batch, epochs, range.max())));
    }

    /** The schedule of {@link ProgressiveMode#PAPER}; a single stage has everything at the range's end. */
    public static ProgressiveSchedule paper(ProgressiveRange range, Division division) {
        List<ProgressiveStage> stages = new ArrayList<>();
        for (int i = 0; i < division.stages(); i++) {
            double share = linear(i, division.stages());
            double size = range.minSize() + (range.maxSize() - range.minSize()) * share;
            stages.add(stage(range, division, i, size, range.min().towards(range.max(), share)));
        }
        return new ProgressiveSchedule(stages);
    }

    /** The schedule of {@link ProgressiveMode#AUTOML}. */
    public static ProgressiveSchedule automl(ProgressiveRange range, Division division) {
        List<ProgressiveStage> stages = new ArrayList<>();
        for (int i = 0; i < division.stages(); i++) {
            double size = range.minSize() + (range.maxSize() - range.minSize()) * (i + 1.0) / division.stages();
            Strengths strengths = range.min()
                    .towards(range.max(), linear(i, division.stages()))
                    .withDropout(range.max().dropout());
            stages.add(stage(range, division, i, Math.floor(size), strengths));
        }
        return new ProgressiveSchedule(stages);
    }

    /** Epochs of all stages. */
    public int epochs() {
        return stages.stream().mapToInt(ProgressiveStage::epochs).sum();
    }

    private static ProgressiveStage stage(
            ProgressiveRange range, Division division, int index, double size, Strengths strengths) {
        boolean last = index == division.stages() - 1;
        int pixels = last ? range.maxSize() : division.rounded(size, range.minSize(), range.maxSize());
        return new ProgressiveStage(
                pixels, division.batchAt(pixels, range.maxSize()), division.epochsOf(index), strengths);
    }

    private static double linear(int index, int stages) {
        return stages == 1 ? 1 : index / (stages - 1.0);
    }
}
