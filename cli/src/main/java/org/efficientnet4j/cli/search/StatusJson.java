package org.efficientnet4j.cli.search;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.efficientnet4j.cli.JsonOutput;
import org.efficientnet4j.search.status.SearchStatus;
import org.efficientnet4j.search.study.Trial;

/** A running search as the status page asks for it. */
final class StatusJson {
    private StatusJson() {}

    static String of(Watched search) {
        SearchStatus status = search.status(search.trials());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("title", search.title());
        json.put("total", status.total());
        json.put("complete", status.complete());
        json.put("pruned", status.pruned());
        json.put("failed", status.failed());
        json.put("secondsLeft", status.left().map(Duration::toSeconds).orElse(null));
        json.put(
                "running",
                status.running().stream()
                        .map(trial -> row(trial, search.ran(trial).toSeconds()))
                        .toList());
        json.put(
                "best",
                status.best().stream()
                        .map(trial -> row(
                                trial, trial.duration().map(Duration::toSeconds).orElse(0L)))
                        .toList());
        return JsonOutput.format(json);
    }

    private static Map<String, Object> row(Trial trial, long seconds) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("number", trial.number());
        row.put("label", trial.choice().label());
        row.put("parameters", trial.choice().cost().trainableParameters());
        row.put("macs", trial.choice().cost().macs());
        row.put("score", trial.score().isPresent() ? trial.score().getAsDouble() : null);
        row.put("curve", trial.curve());
        row.put("seconds", seconds);
        return row;
    }
}
