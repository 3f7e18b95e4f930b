package org.efficientnet4j.cli.search;

import java.time.Duration;
import java.util.List;
import org.efficientnet4j.search.Search;
import org.efficientnet4j.search.status.SearchStatus;
import org.efficientnet4j.search.study.Trial;

/** A running search as the screen and the status page show it, trials of other processes included. */
final class Watched {
    private final Search search;
    private final int wanted;
    private final int parallel;

    Watched(Search search, int parallel) {
        this(search, search.specification().plan().trials(), parallel);
    }

    /** @param wanted trials there will be at least */
    Watched(Search search, int wanted, int parallel) {
        this.search = search;
        this.wanted = wanted;
        this.parallel = parallel;
    }

    String title() {
        return search.specification().space().title();
    }

    List<Trial> trials() {
        return search.study().trials();
    }

    /** How long a running trial has run. */
    Duration ran(Trial trial) {
        return search.study().ran(trial);
    }

    SearchStatus status(List<Trial> trials) {
        return SearchStatus.of(
                trials, wanted, parallel, search.specification().budgets().latencyMillis(), this::ran);
    }
}
