package org.efficientnet4j.search.study;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.search.space.Choice;

/**
 * Every trial of a search, in one SQLite file. Each call is one transaction on disk: a process killed at any moment loses
 * at most the trial it was training, which {@link #recover} gives back, and a trial that ended is never given out again.
 * Threads and processes may share a study.
 */
public final class Study implements AutoCloseable {
    private final OpenedStudy opened;
    private final StudyDatabase database;
    private final Claims claims;
    private final Additions additions;

    /** Time after which {@link #recoverOrWatch()} knows of a process of another machine whether it is dead. */
    public static final Duration CONFIRMATION = SignsOfLife.CONFIRMATION;

    private Study(OpenedStudy opened, StudyClock clock) {
        this.opened = opened;
        this.database = opened.database();
        this.claims = new Claims(database, clock);
        this.additions = new Additions(database);
    }

    /**
     * Creates a study.
     *
     * @param file where nothing is yet
     * @param specification what the search is, as text
     * @throws InvalidInputException if the file is there or cannot be written
     */
    public static Study create(Path file, String specification) {
        return create(file, specification, List.of());
    }

    /**
     * Creates a study that begins with trials, waiting or ended, all or none of them.
     *
     * @param trials numbered from 0
     * @throws InvalidInputException if the file is there or cannot be written
     */
    public static Study create(Path file, String specification, List<Trial> trials) {
        StudyFormat.create(file, specification, trials);
        return open(file);
    }

    /**
     * Opens a study of version 1 or later to go on with it, which is brought to this version.
     *
     * @throws InvalidInputException if there is none, or it is of another version
     */
    public static Study open(Path file) {
        return open(file, Optional.empty(), StudyClock.SYSTEM);
    }

    /**
     * Opens a study to go on with it; one of version 0 is brought to this version first, in one transaction.
     *
     * @param upgrade reads what version 0 kept
     * @throws InvalidInputException if there is none, its version is unknown, or it cannot be written
     */
    public static Study open(Path file, Upgrade upgrade) {
        return open(file, Optional.of(upgrade), StudyClock.SYSTEM);
    }

    static Study open(Path file, Optional<Upgrade> upgrade, StudyClock clock) {
        return new Study(OpenedStudy.toGoOn(file, upgrade), clock);
    }

    /**
     * Opens a study for reading alone, whatever its version: the file stays as it is.
     *
     * @param upgrade reads what version 0 kept
     * @throws InvalidInputException if there is none, or its version is unknown
     */
    public static Study read(Path file, Upgrade upgrade) {
        return new Study(OpenedStudy.toRead(file, upgrade), StudyClock.SYSTEM);
    }

    /** The search's specification, as created or last amended; a study of version 0 that is only read has its flags. */
    public synchronized String specification() {
        String column = opened.unmigrated().isPresent() ? "settings" : "specification";
        return stored(() -> database.text("SELECT " + column + " FROM study")).orElseThrow(StudyFormat::empty);
    }

    /** Replaces the specification where a study may go on under another one, for instance with more trials. */
    public synchronized void amend(String specification) {
        stored(() -> database.update("UPDATE study SET specification = ?", specification));
    }

    /**
     * Writes the choices down as waiting trials, numbered in order, unless that was done before. All or none are written.
     *
     * @param seeds what each is trained with
     * @throws InvalidInputException if the study holds other choices
     */
    public synchronized void enqueue(List<? extends Choice> choices, List<Long> seeds) {
        stored(() -> database.inTransaction(() -> additions.enqueue(choices, seeds)));
    }

    /**
     * Writes repetitions of trials down as waiting trials, but for those that are there already. All or none are written.
     *
     * @param numbers the trials to repeat
     * @param role why
     * @param seeds what each is trained with
     * @return how many were added
     * @throws InvalidInputException if there is no trial of such a number
     */
    public synchronized int enqueueRepeats(List<Integer> numbers, TrialRole role, List<Long> seeds) {
        return stored(() -> database.inTransaction(() -> additions.repeat(numbers, role, seeds)));
    }

    /**
     * Adds choices of the user's own as waiting trials of the search, but for those it has already.
     *
     * @param seeds what each is trained with
     * @return how many were added
     */
    public synchronized int add(List<? extends Choice> choices, List<Long> seeds) {
        return stored(() -> database.inTransaction(() -> additions.add(choices, seeds)));
    }

    /**
     * Writes the networks of a family down as waiting trials, but for those that are there already. All or none are
     * written.
     *
     * @param seeds what each is trained with
     * @return how many were added
     */
    public synchronized int enqueueFamily(List<? extends Choice> choices, List<Long> seeds) {
        return stored(() -> database.inTransaction(() -> additions.family(choices, seeds)));
    }

    /** Claims the waiting trial of the lowest number for this process; empty if none waits. */
    public synchronized Optional<Trial> claim() {
        return stored(() -> database.inTransaction(claims::claimWaiting));
    }

    /**
     * Claims a waiting trial; where none waits and there are fewer trials than wanted, has one proposed, adds it and
     * claims it. All in one transaction: the proposer sees every trial, of other processes too.
     *
     * @param wanted trials the study shall have, repeated leaders included
     * @param proposer makes the next one of all trials so far; empty if it has nothing more to try
     * @param seeds what a new choice is trained with; a repetition gets fresh ones
     */
    public synchronized Optional<Trial> claimOrPropose(
            int wanted, Function<List<Trial>, Optional<Proposal>> proposer, List<Long> seeds) {
        return stored(() -> database.inTransaction(() -> {
            Optional<Trial> waiting = claims.claimWaiting();
            return waiting.isPresent() || !additions.propose(wanted, proposer, seeds) ? waiting : claims.claimWaiting();
        }));
    }

    /**
     * Replaces a running trial's validation figures.
     *
     * @param curves all of them so far, a list a seed
     * @throws ClaimLostException if this process does not have the trial any more
     */
    public synchronized void report(Trial trial, List<List<Double>> curves) {
        write("UPDATE trial SET curve = ?", trial, TrialRows.joinCurves(curves));
    }

    /** Tells other machines that this process still works on the trials it has claimed. */
    public synchronized void heartbeat() {
        stored(claims::renew);
    }

    /**
     * Ends a trial of this process with its score and measures.
     *
     * @throws ClaimLostException if this process does not have the trial any more
     */
    public synchronized void complete(Trial trial, TrialOutcome outcome) {
        if (!Double.isFinite(outcome.score())) {
            throw new IllegalArgumentException("A score must be a finite number, found " + outcome.score());
        }
        write(
                "UPDATE trial SET state = 'COMPLETE', score = ?, measures = ?, answers = ?, ended = ?",
                trial,
                outcome.score(),
                TrialRows.join(outcome.measures()),
                TrialRows.joinAnswers(outcome.answers()),
                claims.ending(trial));
    }

    /**
     * Ends a trial of this process before its time.
     *
     * @param score what its last figures would score
     * @throws ClaimLostException if this process does not have the trial any more
     */
    public synchronized void prune(Trial trial, double score) {
        write("UPDATE trial SET state = 'PRUNED', score = ?, ended = ?", trial, score, claims.ending(trial));
    }

    /**
     * Gives a trial of this process back as if it had never been claimed.
     *
     * @throws ClaimLostException if this process does not have the trial any more
     */
    public synchronized void giveBack(Trial trial) {
        write("UPDATE trial SET state = 'WAITING', attempts = attempts - 1, curve = ''", trial);
    }

    /**
     * Ends a trial of this process with an error.
     *
     * @throws ClaimLostException if this process does not have the trial any more
     */
    public synchronized void fail(Trial trial, String error) {
        write(
                "UPDATE trial SET state = 'FAILED', error = ?, ended = ?",
                trial,
                TrialRows.shortened(error),
                claims.ending(trial));
    }

    /**
     * Gives back what dead processes had claimed: those of this machine that are no longer there, and those of other
     * machines that gave no {@link #heartbeat} for ten minutes of this process's monotonic clock; two are enough where the
     * last one's time of day is ten minutes away. A trial whose process died three times fails instead.
     *
     * @return how many trials were given back or failed
     */
    public int recover() {
        return recovery().recovered();
    }

    /**
     * Recovers, and tells if a trial may be claimed now or soon: one was given back, or a process of another machine seems
     * dead and is still watched, for at most two minutes.
     */
    public boolean recoverOrWatch() {
        Claims.Recovery recovery = recovery();
        return recovery.recovered() > 0 || recovery.suspects() > 0;
    }

    private synchronized Claims.Recovery recovery() {
        return stored(() -> database.inTransaction(claims::recover));
    }

    /**
     * Time that a running trial has run: by the monotonic clock for trials of this process, by the times of day for others
     * and 0 where those run backwards.
     */
    public synchronized Duration ran(Trial trial) {
        return claims.ran(trial);
    }

    /** Every trial by number. */
    public synchronized List<Trial> trials() {
        List<Trial> trials = stored(() -> database.query(StudyDatabase.ALL_TRIALS));
        if (opened.unmigrated().isEmpty()) {
            return trials;
        }
        String settings = specification();
        return trials.stream()
                .map(trial -> opened.unmigrated().get().trial(settings, trial))
                .toList();
    }

    @Override
    public synchronized void close() {
        stored(() -> {
            database.close();
            return null;
        });
    }

    private void write(String sql, Trial trial, Object... values) {
        if (stored(() -> claims.write(sql, trial, values)) != 1) {
            throw new ClaimLostException("Trial " + trial.number() + ", attempt " + trial.attempts()
                    + ", must be claimed by this process to be written to, and is not");
        }
    }

    private <T> T stored(StudyDatabase.Access<T> access) {
        return opened.stored(access);
    }
}
