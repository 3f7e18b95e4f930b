package org.efficientnet4j.search.objective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.models.ArchitectureFile;
import org.efficientnet4j.models.ModelCatalog;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.scaling.ModelCost;
import org.efficientnet4j.search.runner.TrialProgress;
import org.efficientnet4j.search.space.Coefficients;
import org.efficientnet4j.search.space.CostModel;
import org.efficientnet4j.search.space.CostedCoefficients;
import org.efficientnet4j.search.study.Answers;
import org.efficientnet4j.search.study.Trial;
import org.efficientnet4j.search.study.TrialOutcome;
import org.efficientnet4j.search.study.TrialRole;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProxyTrainingTest {
    private static final String TINY = """
            name: tiny
            size: 32
            stem: 8
            blocks:
              - r1_k3_s1_e1_i8_o8_c1
              - r1_k3_s2_e2_i8_o16_se0.25
            head: 32
            """;
    private static final ProxySettings SETTINGS = new ProxySettings("shapes:60", 16, 32, 12, 2, 8, 1, 0);

    private final ModelDefinition base = ArchitectureFile.parse(TINY);
    private CostedCoefficients choice;

    @BeforeEach
    void chooseScaling() {
        choice = new CostModel(base, 10).cost(new Coefficients(2, 1, 1.5), 1);
    }

    /** Collects a curve and stops when it is so long. */
    private record Recorder(List<Double> curve, List<Figure> figures, int stopAt) implements TrialProgress {
        Recorder(List<Double> curve, int stopAt) {
            this(curve, new ArrayList<>(), stopAt);
        }

        @Override
        public void report(Figure figure) {
            curve.add(figure.value());
            figures.add(figure);
        }

        @Override
        public boolean shouldStop() {
            return curve.size() >= stopAt;
        }
    }

    private Optional<TrialOutcome> evaluate(Recorder recorder, Long... seeds) throws Exception {
        return ProxyTraining.of(base, SETTINGS, Reward.accuracy(), false, 1)
                .evaluate(Trial.waiting(0, choice, List.of(seeds)), recorder);
    }

    @Test
    void theScoreIsTheMeanOfTheSeedsLastAccuracies() throws Exception {
        Recorder recorder = new Recorder(new ArrayList<>(), Integer.MAX_VALUE);
        TrialOutcome outcome = evaluate(recorder, 1L, 2L).orElseThrow();
        assertEquals(4, recorder.curve().size(), "two epochs of two seeds");
        assertEquals((recorder.curve().get(1) + recorder.curve().get(3)) / 2, outcome.score(), 1e-12);
        assertEquals(outcome.score(), outcome.measures().get(TrialOutcome.ACCURACY));
        assertTrue(outcome.measures().get(TrialOutcome.STEP_MILLIS) > 0);
        assertEquals(
                outcome.score(),
                evaluate(new Recorder(new ArrayList<>(), 99), 1L, 2L)
                        .orElseThrow()
                        .score());
    }

    /** A pruned trial's score is on the scale of complete ones: the reward, over the seeds so far. */
    @Test
    void eachFigureHasItsSeedAndTheRewardSoFar() throws Exception {
        Reward reward = Reward.mnas(1_000_000);
        Recorder recorder = new Recorder(new ArrayList<>(), 99);
        TrialOutcome outcome = ProxyTraining.of(base, SETTINGS, reward, false, 1)
                .evaluate(Trial.waiting(0, choice, List.of(1L, 2L)), recorder)
                .orElseThrow();
        assertEquals(
                List.of(0, 0, 1, 1),
                recorder.figures().stream().map(TrialProgress.Figure::seed).toList());
        double factor = Math.pow(choice.cost().macs() / 1e6, -0.07);
        assertEquals(factor * recorder.curve().get(0), recorder.figures().get(0).score(), 1e-12);
        assertEquals(
                factor * (recorder.curve().get(1) + recorder.curve().get(2)) / 2,
                recorder.figures().get(2).score(),
                1e-12);
        assertEquals(outcome.score(), recorder.figures().get(3).score(), 1e-12);
    }

    @Test
    void aStoppedTrainingHasNoOutcome() throws Exception {
        Recorder recorder = new Recorder(new ArrayList<>(), 1);
        assertTrue(evaluate(recorder, 1L).isEmpty());
        assertEquals(1, recorder.curve().size());
    }

    /** B0 of width 0.5 at 40 px, scaled by (1.2, 1.1, 1.15): width 0.55, depth 1.2, 46 px. */
    @Test
    void theStandInKeepsTheTrialsRatios() {
        ModelDefinition b0 = ModelCatalog.find("efficientnet_b0");
        ProxySettings settings = new ProxySettings("shapes", 40, 0, 0, 1, 32, 0.5, 0);
        CostedCoefficients paper = new CostModel(b0, 1000).cost(new Coefficients(1.2, 1.1, 1.15), 1);
        ModelDefinition proxy = settings.model(b0, paper);
        assertEquals(0.55, proxy.scaling().width(), 1e-12);
        assertEquals(1.2, proxy.scaling().depth(), 1e-12);
        assertEquals(46, proxy.trainSize());
        assertThrows(InvalidInputException.class, () -> new ProxySettings("shapes", 20, 0, 0, 1, 32, 0.5, 0)
                .model(b0, paper));
    }

    @Test
    void imagesAreCutByASubset() {
        assertEquals("subset:32/12:shapes:60", SETTINGS.source());
        assertEquals("photos", new ProxySettings("photos", 16, 0, 0, 1, 8, 1, 0).source());
        assertThrows(InvalidInputException.class, () -> new ProxySettings(" ", 16, 0, 0, 1, 8, 1, 0));
        assertThrows(InvalidInputException.class, () -> new ProxySettings("x", 16, 0, 0, 1, 8, 0, 0));
        assertThrows(InvalidInputException.class, () -> new ProxySettings("x", 16, 0, 0, 0, 8, 1, 0));
    }

    /** One answer an image and seed; their share is the curve's last figure, and chance is what one class alone brings. */
    @Test
    void theAnswersAreThoseOfTheLastEpoch() throws Exception {
        Recorder recorder = new Recorder(new ArrayList<>(), 99);
        TrialOutcome outcome = evaluate(recorder, 1L, 2L).orElseThrow();
        assertEquals(2, outcome.answers().size());
        for (int seed = 0; seed < 2; seed++) {
            Answers answers = outcome.answers().get(seed);
            assertEquals(10, answers.images(), "of 60 shapes of 10 classes, one each is held out");
            assertEquals(recorder.curve().get(2 * seed + 1), answers.accuracy(), 1e-12);
        }
        assertTrue(outcome.measures().get(TrialOutcome.CHANCE) >= 0.1);
    }

    /** The part to choose by comes out of training: no image is in two parts, whatever the seed. */
    @Test
    void theTestPartIsJudgedByNothingButTheTestRole() throws Exception {
        ProxySettings divided = new ProxySettings("shapes:100", 16, 32, 0, 1, 8, 1, 0, ProxyFit.MATCHED, 0.25);
        assertEquals("subset:32:selection:0.25:shapes:100", divided.source());
        ProxyTraining training = ProxyTraining.of(base, divided, Reward.accuracy(), false, 1);
        Recorder recorder = new Recorder(new ArrayList<>(), 99);
        TrialOutcome chosen = training.evaluate(Trial.waiting(0, choice, List.of(1L)), recorder)
                .orElseThrow();
        TrialOutcome tested = training.evaluate(Trial.waiting(0, choice, List.of(1L), TrialRole.TEST), recorder)
                .orElseThrow();
        assertEquals(20, chosen.answers().get(0).images(), "a quarter of the 80 to train on");
        assertEquals(20, tested.answers().get(0).images(), "the fifth that the data holds out");
        assertEquals(tested.answers().get(0).accuracy(), tested.score(), 1e-12);
        assertEquals(
                recorder.curve().get(0), recorder.curve().get(1), "the same training, the same figure to choose by");
        InvalidInputException none = assertThrows(
                InvalidInputException.class, () -> ProxyTraining.of(base, SETTINGS, Reward.accuracy(), false, 1)
                        .evaluate(Trial.waiting(0, choice, List.of(1L), TrialRole.TEST), recorder));
        assertTrue(none.getMessage().contains("--selection"), none.getMessage());
    }

    /** A step time that is part of the score is measured apart from the training, with its spread. */
    @Test
    void aStepTimeThatCountsIsMeasuredAlone() throws Exception {
        Recorder recorder = new Recorder(new ArrayList<>(), 99);
        TrialOutcome outcome = ProxyTraining.of(base, SETTINGS, Reward.v2(), false, 1)
                .evaluate(Trial.waiting(0, choice, List.of(1L)), recorder)
                .orElseThrow();
        double step = outcome.measures().get(TrialOutcome.STEP_MILLIS);
        assertTrue(step > 0 && outcome.measures().get(TrialOutcome.STEP_SPREAD) >= 0);
        double parameters = choice.cost().trainableParameters() / 1e6;
        assertEquals(
                recorder.curve().get(0) * Math.pow(step, -0.07) * Math.pow(parameters, -0.05),
                recorder.figures().get(0).score(),
                1e-12,
                "every epoch's figure has the time measured beforehand");
    }

    /** Twice the target costs a factor 2^-0.07; the V2 reward has its own two factors. */
    @Test
    void rewardsAreThePapers() {
        ModelCost cost = new ModelCost(8_000_000, 8_000_000, 800_000_000, 1);
        Reward.Reached reached = new Reward.Reached(0.5, 3);
        assertEquals(0.5, Reward.accuracy().applyAsDouble(cost, reached));
        assertEquals(0.5 * Math.pow(2, -0.07), Reward.mnas(400_000_000).applyAsDouble(cost, reached), 1e-12);
        assertEquals(0.5 * Math.pow(3, -0.07) * Math.pow(8, -0.05), Reward.v2().applyAsDouble(cost, reached), 1e-12);
        assertThrows(InvalidInputException.class, () -> Reward.mnas(0));
    }
}
