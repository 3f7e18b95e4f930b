package org.efficientnet4j.search.study;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.search.space.Choice;

/** New trials of a study. Each call belongs into a transaction. */
final class Additions {
    /** Leaders' fresh seeds begin this far from the search's, beyond those by which they are confirmed afterwards. */
    private static final long LEADER_SEEDS = 100_000;

    private final StudyDatabase database;

    Additions(StudyDatabase database) {
        this.database = database;
    }

    /** Adds a search's choices unless they are there, and returns how many were added. */
    int enqueue(List<? extends Choice> choices, List<Long> seeds) throws SQLException {
        List<Choice> present = database.query(StudyDatabase.SEARCH_TRIALS).stream()
                .map(Trial::choice)
                .toList();
        if (present.isEmpty()) {
            database.insert(0, choices, seeds);
            return choices.size();
        }
        // Behind the search's own there may be some that were added by hand.
        if (present.size() < choices.size()
                || !present.subList(0, choices.size()).equals(choices)) {
            throw new InvalidInputException("The study holds " + present.size() + " trials that are not the "
                    + choices.size() + " asked for: go on with the same search, or name another --study");
        }
        return 0;
    }

    /** Adds repetitions that are not there yet, and returns how many were added. */
    int repeat(List<Integer> numbers, TrialRole role, List<Long> seeds) throws SQLException {
        List<Trial> all = database.query(StudyDatabase.ALL_TRIALS);
        int added = 0;
        for (int number : numbers) {
            Trial repeated = all.stream()
                    .filter(trial -> trial.number() == number)
                    .findFirst()
                    .orElseThrow(() -> new InvalidInputException("The study must have trial " + number
                            + " to repeat it, found trials up to " + (all.size() - 1)));
            boolean present = all.stream()
                    .anyMatch(trial -> trial.role() == role
                            && trial.repeats().orElse(-1) == number
                            && trial.seeds().equals(seeds));
            if (!present) {
                database.insertRepeat(all.size() + added++, repeated, role, seeds);
            }
        }
        return added;
    }

    /** Adds what is proposed while there are fewer trials than wanted; false if nothing was added. */
    boolean propose(int wanted, Function<List<Trial>, Optional<Proposal>> proposer, List<Long> seeds)
            throws SQLException {
        List<Trial> present = database.query(StudyDatabase.ALL_TRIALS);
        long searched =
                present.stream().filter(trial -> trial.role().ofSearch()).count();
        Optional<Proposal> next = searched < wanted ? proposer.apply(present) : Optional.empty();
        if (next.isEmpty()) {
            return false;
        }
        if (next.get() instanceof Proposal.New fresh) {
            database.insert(present.size(), List.of(fresh.choice()), seeds);
        } else if (next.get() instanceof Proposal.Again again) {
            long before = present.stream()
                    .filter(trial ->
                            trial.role() == TrialRole.LEADER && trial.repeats().orElse(-1) == again.number())
                    .count();
            long shift = LEADER_SEEDS + before * seeds.size();
            repeat(
                    List.of(again.number()),
                    TrialRole.LEADER,
                    seeds.stream().map(seed -> seed + shift).toList());
        }
        return true;
    }

    /** Adds the networks of a family that are not there yet, and returns how many were added. */
    int family(List<? extends Choice> choices, List<Long> seeds) throws SQLException {
        List<Trial> all = database.query(StudyDatabase.ALL_TRIALS);
        List<Choice> known = all.stream()
                .filter(trial ->
                        trial.role() == TrialRole.FAMILY && trial.seeds().equals(seeds))
                .map(Trial::choice)
                .toList();
        List<? extends Choice> fresh = choices.stream()
                .filter(choice -> !known.contains(choice))
                .distinct()
                .toList();
        database.insert(all.size(), fresh, seeds);
        database.update("UPDATE trial SET role = ? WHERE number >= ?", TrialRole.FAMILY.name(), all.size());
        return fresh.size();
    }

    /** Adds choices that are not there yet, and returns how many were added. */
    int add(List<? extends Choice> choices, List<Long> seeds) throws SQLException {
        List<Trial> all = database.query(StudyDatabase.ALL_TRIALS);
        List<Choice> known = all.stream()
                .filter(trial -> trial.role() == TrialRole.SEARCH)
                .map(Trial::choice)
                .toList();
        List<? extends Choice> fresh = choices.stream()
                .filter(choice -> !known.contains(choice))
                .distinct()
                .toList();
        database.insert(all.size(), fresh, seeds);
        return fresh.size();
    }
}
