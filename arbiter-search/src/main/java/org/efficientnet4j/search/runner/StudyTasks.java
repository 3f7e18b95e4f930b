package org.efficientnet4j.search.runner;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.deeplearning4j.arbiter.optimize.api.Candidate;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.deeplearning4j.arbiter.optimize.api.TaskCreator;
import org.deeplearning4j.arbiter.optimize.api.data.DataProvider;
import org.deeplearning4j.arbiter.optimize.api.data.DataSource;
import org.deeplearning4j.arbiter.optimize.api.score.ScoreFunction;
import org.deeplearning4j.arbiter.optimize.runner.CandidateInfo;
import org.deeplearning4j.arbiter.optimize.runner.CandidateStatus;
import org.deeplearning4j.arbiter.optimize.runner.IOptimizationRunner;
import org.deeplearning4j.arbiter.optimize.runner.listener.StatusListener;
import org.efficientnet4j.search.pruner.Pruner;
import org.efficientnet4j.search.study.ClaimLostException;
import org.efficientnet4j.search.study.Study;
import org.efficientnet4j.search.study.StudyException;
import org.efficientnet4j.search.study.Trial;
import org.efficientnet4j.search.study.TrialOutcome;
import org.efficientnet4j.search.study.TrialRole;

/** Makes a trial Arbiter's task: evaluates it, writes the outcome to the study, then tells Arbiter and its listeners. */
@SuppressWarnings({"rawtypes", "deprecation"}) // as Arbiter declares it
final class StudyTasks implements TaskCreator {
    private final Study study;
    private final Objective objective;
    private final Pruner pruner;
    private final BooleanSupplier searchStops;
    private final Runnable ended;
    private final Twins twins;

    /**
     * @param twins finds trials whose result is this one's
     * @param ended told whenever a trial runs no more
     */
    StudyTasks(
            Study study, Objective objective, Pruner pruner, Twins twins, BooleanSupplier searchStops, Runnable ended) {
        this.study = study;
        this.objective = objective;
        this.pruner = pruner;
        this.twins = twins;
        this.searchStops = searchStops;
        this.ended = ended;
    }

    @Override
    public Callable<OptimizationResult> create(
            Candidate candidate,
            DataProvider data,
            ScoreFunction score,
            List<StatusListener> listeners,
            IOptimizationRunner runner) {
        return () -> run(candidate, listeners, runner);
    }

    @Override
    public Callable<OptimizationResult> create(
            Candidate candidate,
            Class<? extends DataSource> data,
            Properties properties,
            ScoreFunction score,
            List<StatusListener> listeners,
            IOptimizationRunner runner) {
        return () -> run(candidate, listeners, runner);
    }

    private OptimizationResult run(Candidate candidate, List<StatusListener> listeners, IOptimizationRunner runner) {
        long started = System.currentTimeMillis();
        long begin = System.nanoTime();
        Trial trial = (Trial) candidate.getValue();
        Double score = null;
        String error = null;
        try {
            score = evaluate(trial);
        } catch (StudyException e) {
            throw e; // there is nowhere to record it
        } catch (ClaimLostException e) { // another process has it, whose result counts
            error = stackTrace(e);
        } catch (Throwable e) { // also a trial too large for the memory, or one whose native code is missing
            error = stackTrace(e);
            study.fail(trial, error);
        } finally {
            ended.run();
        }
        CandidateInfo info = new CandidateInfo(
                trial.number(),
                error == null ? CandidateStatus.Complete : CandidateStatus.Failed,
                score,
                started,
                started,
                started + (System.nanoTime() - begin) / 1_000_000, // whatever becomes of the clock
                candidate.getFlatParameters(),
                error);
        OptimizationResult result = new OptimizationResult(candidate, score, trial.number(), null, info, null);
        listeners.forEach(listener -> listener.onCandidateStatusChange(info, runner, result));
        return result;
    }

    /** The trial's score; null if it was given back. */
    private Double evaluate(Trial trial) throws Exception {
        Optional<Trial> twin = twins.of(trial, study.trials());
        if (twin.isPresent()) {
            study.report(trial, twin.get().curves());
            TrialOutcome same = Twins.outcome(twin.get());
            study.complete(trial, same);
            return same.score();
        }
        Pruner asked = trial.role() == TrialRole.SEARCH ? pruner : Pruner.NONE;
        ReportedProgress progress = new ReportedProgress(study, trial, asked, searchStops);
        Optional<TrialOutcome> outcome = objective.evaluate(trial, progress);
        if (outcome.isPresent()) {
            double score = outcome.get().score();
            if (!Double.isFinite(score)) {
                throw new IllegalStateException("The score must be a finite number, found " + score);
            }
            study.complete(trial, outcome.get());
            return score;
        }
        if (progress.pruned()) {
            study.prune(trial, progress.score());
            return progress.score();
        }
        if (!searchStops.getAsBoolean()) {
            throw new IllegalStateException("An evaluation that was not asked to end early must bring an outcome");
        }
        study.giveBack(trial);
        return null;
    }

    private static String stackTrace(Throwable error) {
        StringWriter text = new StringWriter();
        error.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
