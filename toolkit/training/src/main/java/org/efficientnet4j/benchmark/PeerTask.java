package org.efficientnet4j.benchmark;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.efficientnet4j.core.InvalidInputException;

/**
 * Task of a measuring program, as its command line states it: {@code MODEL train|infer BATCH SIZE STEPS
 * WARM_UP_SECONDS THREADS}.
 *
 * @param model a network's name in the catalogue, with 1000 classes
 * @param mode what a step is
 * @param batch images a step
 * @param size image height and width in pixels
 * @param steps measured steps
 * @param warmUpSeconds how long unmeasured steps run before; two run in any case
 * @param threads threads to compute with
 */
public record PeerTask(
        String model, BenchmarkMode mode, int batch, int size, int steps, double warmUpSeconds, int threads) {
    private static final String USAGE = "MODEL train|infer BATCH SIZE STEPS WARM_UP_SECONDS THREADS";
    private static final int WORDS = 7;

    /** @throws InvalidInputException for a number out of range */
    public PeerTask {
        Objects.requireNonNull(model);
        Objects.requireNonNull(mode);
        if (batch < 1 || size < 1 || steps < 1 || threads < 1 || !(warmUpSeconds >= 0)) {
            throw new InvalidInputException(
                    "Batch, size, steps and threads must be at least 1 and the warm-up at least 0, " + "found "
                            + List.of(batch, size, steps, threads, warmUpSeconds));
        }
    }

    /** The same measurement for another program. */
    public static PeerTask of(BenchmarkSettings settings) {
        return new PeerTask(
                settings.model().name(),
                settings.mode(),
                settings.batch(),
                settings.size(),
                settings.steps(),
                settings.warmUpSeconds(),
                settings.threads());
    }

    /**
     * Reads a command line.
     *
     * @throws InvalidInputException if it is not of the form above
     */
    public static PeerTask parse(List<String> words) {
        if (words.size() != WORDS) {
            throw new InvalidInputException("Expected " + USAGE + ", found '" + String.join(" ", words) + "'");
        }
        try {
            return new PeerTask(
                    words.get(0),
                    BenchmarkMode.valueOf(words.get(1).toUpperCase(Locale.ROOT)),
                    Integer.parseInt(words.get(2)),
                    Integer.parseInt(words.get(3)),
                    Integer.parseInt(words.get(4)),
                    Double.parseDouble(words.get(5)),
                    Integer.parseInt(words.get(6)));
        } catch (IllegalArgumentException notSo) {
            throw new InvalidInputException(
                    "Expected " + USAGE + ", found '" + String.join(" ", words) + "': " + notSo.getMessage());
        }
    }

    /** The command line that {@link #parse} reads. */
    public List<String> words() {
        return List.of(
                model,
                mode.name().toLowerCase(Locale.ROOT),
                String.valueOf(batch),
                String.valueOf(size),
                String.valueOf(steps),
                String.valueOf(warmUpSeconds),
                String.valueOf(threads));
    }
}
