package org.efficientnet4j.train.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * Position of a run, as a checkpoint keeps it. The random state needs no more than seed and step, because every step's
 * random numbers are seeded by these two.
 *
 * @param epoch epochs completed
 * @param stepInEpoch steps done in the running epoch
 * @param step steps done in the run
 * @param seed of the run
 * @param sums what the running epoch has added up
 * @param best the best epoch, null before the first validation
 * @param validationsSinceBest validations after it
 * @param seconds training time of the completed epochs
 */
public record TrainingPosition(
        int epoch,
        int stepInEpoch,
        long step,
        long seed,
        EpochSums sums,
        BestEpoch best,
        int validationsSinceBest,
        double seconds) {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);

    public static TrainingPosition start(long seed) {
        return new TrainingPosition(0, 0, 0, seed, EpochSums.ZERO, null, 0, 0);
    }

    public TrainingPosition afterStep(StepScore score, double moreSeconds, double waited) {
        return new TrainingPosition(
                epoch,
                stepInEpoch + 1,
                step + 1,
                seed,
                sums.plus(score, moreSeconds, waited),
                best,
                validationsSinceBest,
                seconds);
    }

    public TrainingPosition afterEpoch(EarlyStopping stopping, double epochSeconds) {
        return new TrainingPosition(
                epoch + 1,
                0,
                step,
                seed,
                EpochSums.ZERO,
                stopping.best().orElse(null),
                stopping.validationsSince(),
                seconds + epochSeconds);
    }

    /** Seeds a step's random numbers: mixed, since neighbouring seeds give related streams; never 0, ND4J's word for none. */
    public long stepSeed() {
        long mixed = seed + step * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        mixed ^= mixed >>> 31;
        return mixed == 0 ? 1 : mixed;
    }

    /** The position as a checkpoint's entry. */
    String toJson() {
        JsonNode json = JSON.valueToTree(this);
        return json.toPrettyString();
    }

    /** @throws JsonProcessingException if the text is not a position, saying why */
    static TrainingPosition fromJson(String text) throws JsonProcessingException {
        return JSON.readValue(text, TrainingPosition.class);
    }
}
