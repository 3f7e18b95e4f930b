package org.efficientnet4j.cli.search;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.efficientnet4j.search.objective.StandIn;
import org.efficientnet4j.search.space.Choice;
import org.efficientnet4j.search.space.CostedBlocks;
import org.efficientnet4j.search.space.CostedCoefficients;
import org.efficientnet4j.search.study.Trial;
import org.efficientnet4j.search.study.TrialOutcome;

/** Trials as {@code --json} and the CSV export show them: names and values in order. */
final class TrialJson {
    private TrialJson() {}

    /** A choice with its costs. */
    static Map<String, Object> of(Choice choice) {
        Map<String, Object> json = new LinkedHashMap<>();
        if (choice instanceof CostedCoefficients scaled) {
            json.put("alpha", scaled.coefficients().alpha());
            json.put("beta", scaled.coefficients().beta());
            json.put("gamma", scaled.coefficients().gamma());
            json.put("phi", scaled.phi());
            json.put("product", scaled.coefficients().product());
        } else if (choice instanceof CostedBlocks built) {
            json.put("blocks", built.blocks());
        }
        json.put("size", choice.size());
        json.put("trainableParameters", choice.cost().trainableParameters());
        json.put("macs", choice.cost().macs());
        json.put("activationBytes", choice.cost().activationBytes());
        return json;
    }

    /** A choice with its costs and those of the network that is trained in its stead. */
    static Map<String, Object> of(Choice choice, StandInView view) {
        Map<String, Object> json = of(choice);
        StandIn standIn = view.standIn(choice);
        json.put("macsRatio", standIn.wholeRatio());
        json.put("proxySize", standIn.size());
        json.put("proxyMacs", standIn.macs());
        json.put("proxyMacsRatio", standIn.macsRatio());
        json.put("proxyMap", standIn.map());
        return json;
    }

    /** A trial with what became of it. */
    static Map<String, Object> of(Trial trial, Optional<StandInView> view) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("number", trial.number());
        json.putAll(view.map(known -> of(trial.choice(), known)).orElseGet(() -> of(trial.choice())));
        json.put("role", trial.role().name());
        trial.repeats().ifPresent(number -> json.put("repeats", number));
        json.put("state", trial.state().name());
        json.put("score", trial.score().isPresent() ? trial.score().getAsDouble() : null);
        json.putAll(trial.measures());
        trial.sameAs().ifPresent(number -> json.put(TrialOutcome.SAME_AS, number));
        json.put("seedAccuracies", trial.seedAccuracies());
        json.put("curve", trial.curve());
        json.put("curves", trial.curves());
        json.put("seeds", trial.seeds());
        json.put("attempts", trial.attempts());
        json.put(
                "seconds",
                trial.duration().map(time -> time.toMillis() / 1000.0).orElse(null));
        json.put("machine", trial.machine().orElse(null));
        json.put("started", trial.started().map(Object::toString).orElse(null));
        json.put("ended", trial.ended().map(Object::toString).orElse(null));
        json.put("error", trial.error().orElse(null));
        return json;
    }
}
