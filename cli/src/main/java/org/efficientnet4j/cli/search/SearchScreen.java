package org.efficientnet4j.cli.search;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.efficientnet4j.cli.Terminal;
import org.efficientnet4j.cli.TerminalWriter;
import org.efficientnet4j.cli.TextTable;
import org.efficientnet4j.cli.progress.ProgressBar;
import org.efficientnet4j.core.text.Printable;
import org.efficientnet4j.search.objective.StandIn;
import org.efficientnet4j.search.status.SearchStatus;
import org.efficientnet4j.search.study.StudyException;
import org.efficientnet4j.search.study.Trial;

/**
 * Shows a search while it runs: on a terminal a table redrawn in place, anywhere else a line for each trial that ends. It
 * reads the study, so that trials of other processes show too.
 */
final class SearchScreen implements AutoCloseable {
    private static final long REDRAW_MILLIS = 500;
    private static final int BEST_SHOWN = 5;
    private static final int BAR = 30;

    private final PrintWriter out;
    private final Terminal terminal;
    private final Watched search;
    private final Set<Integer> told = new HashSet<>();
    private final Thread thread = new Thread(this::watch, "search-screen");
    private volatile boolean closed;
    private int drawn;

    SearchScreen(PrintWriter out, Terminal terminal, Watched search) {
        this.out = out;
        this.terminal = terminal;
        this.search = search;
        for (Trial trial : search.trials()) {
            if (trial.state().ended()) {
                told.add(trial.number());
            }
        }
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    private void watch() {
        try {
            while (!closed) {
                show();
                synchronized (this) {
                    wait(REDRAW_MILLIS);
                }
            }
        } catch (InterruptedException | StudyException e) { // without a screen the search goes on all the same
            closed = true;
        }
    }

    private synchronized void show() {
        List<Trial> trials = search.trials();
        SearchStatus status = search.status(trials);
        if (terminal.interactive()) {
            draw(lines(status));
            return;
        }
        for (Trial trial : trials) {
            if (trial.state().ended() && told.add(trial.number())) {
                out.println(ended(trial) + progress(status));
            }
        }
        out.flush();
    }

    private void draw(List<String> lines) {
        int width = terminal.width();
        TerminalWriter.control(out, drawn > 0 ? "\u001b[" + drawn + "A" : "");
        for (String line : lines) {
            TerminalWriter.control(out, "\u001b[2K");
            out.println(line.substring(0, Math.min(line.length(), width - 1)));
        }
        TerminalWriter.control(out, "\u001b[J");
        drawn = lines.size();
        out.flush();
    }

    private List<String> lines(SearchStatus status) {
        List<String> lines = new ArrayList<>();
        int full = status.total() == 0 ? BAR : BAR * status.ended() / status.total();
        lines.add(search.title() + "  [" + "#".repeat(full) + ".".repeat(BAR - full) + "]" + progress(status));
        if (!status.running().isEmpty()) {
            TextTable running = new TextTable("running", "trial", "epoch", "accuracy", "for");
            for (Trial trial : status.running()) {
                running.row(
                        trial.number(),
                        trial.choice().label(),
                        trial.curve().size(),
                        trial.curve().isEmpty()
                                ? "-"
                                : percent(trial.curve().get(trial.curve().size() - 1)),
                        ProgressBar.time(search.ran(trial)));
            }
            running.toString().lines().forEach(lines::add);
        }
        if (!status.best().isEmpty()) {
            TextTable best = new TextTable("best", "trial", "score", "parameters", "MACs");
            status.best().stream()
                    .limit(BEST_SHOWN)
                    .forEach(trial -> best.row(
                            trial.number(),
                            trial.choice().label(),
                            String.format(Locale.ROOT, "%.4f", trial.score().orElseThrow()),
                            millions(trial.choice().cost().trainableParameters()),
                            millions(trial.choice().cost().macs())));
            best.toString().lines().forEach(lines::add);
        }
        return lines;
    }

    private static String ended(Trial trial) {
        String reached =
                switch (trial.state()) {
                    case COMPLETE ->
                        String.format(Locale.ROOT, "score %.4f", trial.score().orElseThrow());
                    case PRUNED ->
                        "pruned after " + trial.curve().size() + (trial.curve().size() == 1 ? " epoch" : " epochs");
                    default -> "failed: " + firstLine(trial.error().orElse(""));
                };
        return "trial " + trial.number() + "  (" + trial.choice().label() + ")  " + reached
                + trial.duration().map(time -> "  " + ProgressBar.time(time)).orElse("");
    }

    private static String progress(SearchStatus status) {
        return "  " + status.ended() + "/" + status.total()
                + (status.failed() > 0 ? "  " + status.failed() + " failed" : "")
                + status.left()
                        .map(time -> "  " + ProgressBar.time(time) + " left")
                        .orElse("");
    }

    private static String firstLine(String text) {
        return Printable.line(text.lines().findFirst().orElse(""));
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    /** A stand-in's MACs and size in a table's cell. */
    static String trained(StandIn standIn) {
        return millions(standIn.macs()) + " at " + standIn.size() + " px";
    }

    static String ratio(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    static String millions(long count) {
        return String.format(Locale.ROOT, "%.1f M", count / 1e6);
    }

    @Override
    public void close() {
        closed = true;
        synchronized (this) {
            notifyAll();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        show();
    }
}
