package org.efficientnet4j.cli.search;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.efficientnet4j.backend.Backend;
import org.efficientnet4j.backend.UnusableBackendException;
import org.efficientnet4j.cli.JsonOutput;
import org.efficientnet4j.cli.TextTable;
import org.efficientnet4j.cli.progress.ProgressBar;
import org.efficientnet4j.data.DataSplits;
import org.efficientnet4j.data.source.ImageSources;
import org.efficientnet4j.data.source.SplitOptions;
import org.efficientnet4j.search.objective.PictureSide;
import org.efficientnet4j.search.objective.ProxyCheck;
import org.efficientnet4j.search.objective.ProxyTimer;
import org.efficientnet4j.search.objective.StandIn;
import org.efficientnet4j.search.space.Choice;
import org.efficientnet4j.search.specification.SearchPlan;
import org.efficientnet4j.search.specification.StudySpecification;

/** A preview of a search: its trials with their costs, and how long they would take on this machine. */
final class DryRun {
    private static final int PROXY_CLASSES = 10;
    private static final double HELD_OUT = 0.2;

    private final StudySpecification search;
    private final SearchPlan<?> plan;
    private final boolean hasData;

    DryRun(StudySpecification search, SearchPlan<?> plan, boolean hasData) {
        this.search = search;
        this.plan = plan;
        this.hasData = hasData;
    }

    void print(PrintWriter out, PrintWriter err, boolean json) {
        OptionalDouble seconds = seconds(err);
        StandInView view = new StandInView(search);
        OptionalInt side = hasData ? PictureSide.of(search.proxy().data(), search.seed()) : OptionalInt.empty();
        ProxyCheck check = view.check(plan.choices(), side);
        if (json) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("search", search.space().title());
            result.put("base", search.base().name());
            result.put("trialCount", plan.trials());
            result.put("estimatedSeconds", seconds.isPresent() ? Math.round(seconds.getAsDouble()) : null);
            result.put(
                    plan.sampler().isEmpty() ? "trials" : "examples",
                    plan.choices().stream()
                            .map(choice -> TrialJson.of(choice, view))
                            .toList());
            result.put("differentStandIns", check.different());
            result.put(
                    "rankCorrelation",
                    check.rankCorrelation().isPresent()
                            ? check.rankCorrelation().getAsDouble()
                            : null);
            result.put("warnings", check.warnings());
            out.println(JsonOutput.format(result));
            return;
        }
        plan.sampler().ifPresent(any -> out.println("Examples of what may be proposed:"));
        out.print(table(view));
        out.printf(
                "%n%d trials of %s, %s",
                plan.trials(), search.base().name(), search.space().title());
        out.println(
                seconds.isPresent()
                        ? "; about " + ProgressBar.time(Duration.ofSeconds(Math.round(seconds.getAsDouble())))
                                + " in all on this machine."
                        : "; no estimate of the time without the number of images: give --data or --proxy-examples.");
        out.println(trained(check));
        check.warnings().forEach(warning -> out.println("Warning: " + warning));
    }

    private String trained(ProxyCheck check) {
        OptionalDouble correlation = check.rankCorrelation();
        return "They are " + check.different() + " different " + (check.different() == 1 ? "stand-in" : "stand-ins")
                + (correlation.isEmpty()
                        ? "."
                        : String.format(
                                Locale.ROOT,
                                "; their MACs rank as the whole networks' by %.3f (Spearman).",
                                correlation.getAsDouble()));
    }

    private TextTable table(StandInView view) {
        TextTable table = new TextTable(
                "choice", "product", "size", "parameters", "MACs", "ratio", "activations", "trained", "ratio", "map");
        for (Choice choice : plan.choices()) {
            Object product = TrialJson.of(choice).getOrDefault("product", "-");
            StandIn standIn = view.standIn(choice);
            table.row(
                    choice.label(),
                    product instanceof Double value ? String.format(Locale.ROOT, "%.4f", value) : product,
                    choice.size(),
                    String.format(Locale.ROOT, "%,d", choice.cost().trainableParameters()),
                    String.format(Locale.ROOT, "%,d", choice.cost().macs()),
                    SearchScreen.ratio(standIn.wholeRatio()),
                    String.format(Locale.ROOT, "%.1f MiB", choice.cost().activationBytes() / 1048576.0),
                    SearchScreen.trained(standIn),
                    SearchScreen.ratio(standIn.macsRatio()),
                    standIn.map() + " x " + standIn.map());
        }
        return table;
    }

    private OptionalDouble seconds(PrintWriter err) {
        int train = search.proxy().examples();
        int validation = search.proxy().validationExamples();
        if (hasData) {
            DataSplits images = ImageSources.open(search.proxy().source(), new SplitOptions(HELD_OUT, search.seed()));
            train = images.train().size();
            validation = images.validation().size();
        }
        if (train == 0) {
            return OptionalDouble.empty();
        }
        try {
            Backend.requireUsable();
        } catch (UnusableBackendException e) {
            err.println("No estimate of the time: " + e.getMessage());
            return OptionalDouble.empty();
        }
        err.println("Timing a few training steps ...");
        err.flush();
        ProxyTimer timer = new ProxyTimer(search.proxy(), search.base(), plan.choices(), PROXY_CLASSES);
        double seconds = 0;
        for (Choice choice : plan.choices()) {
            seconds += timer.seconds(choice, train, validation, search.seedsPerTrial());
        }
        return OptionalDouble.of(seconds * plan.trials() / plan.choices().size());
    }
}
