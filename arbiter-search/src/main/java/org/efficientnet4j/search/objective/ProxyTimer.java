package org.efficientnet4j.search.objective;

import java.util.Comparator;
import java.util.List;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.search.space.Choice;

/**
 * Foretells how long a search takes: times a few training steps of its cheapest and its dearest stand-in on images of
 * zeros and takes a step's time to be linear in multiply-accumulates between them. Decoding is left out; it runs beside
 * the training.
 */
public final class ProxyTimer {
    private static final int WARM_UPS = 2;
    private static final int STEPS = 3;
    /** A forward pass takes about a third of a training step. */
    private static final double VALIDATION_SHARE = 1 / 3.0;

    private final ProxySettings settings;
    private final StandIns standIns;
    private final int classes;
    private double fixedSeconds;
    private double secondsPerMac;

    /**
     * Times this machine.
     *
     * @param choices the trials' choices, at least one
     * @param classes outputs of the stand-ins' classifier
     */
    public ProxyTimer(ProxySettings settings, ModelDefinition base, List<? extends Choice> choices, int classes) {
        this.settings = settings;
        this.classes = classes;
        this.standIns = new StandIns(settings, base);
        List<ModelDefinition> models = choices.stream().map(standIns::model).toList();
        Comparator<ModelDefinition> byMacs = Comparator.comparingLong(this::macs);
        ModelDefinition cheap = models.stream().min(byMacs).orElseThrow();
        ModelDefinition dear = models.stream().max(byMacs).orElseThrow();
        double low = stepSeconds(cheap);
        double high = macs(dear) == macs(cheap) ? low : Math.max(low, stepSeconds(dear));
        secondsPerMac = macs(dear) == macs(cheap) ? 0 : (high - low) / (macs(dear) - macs(cheap));
        fixedSeconds = low - secondsPerMac * macs(cheap);
    }

    /**
     * Seconds of one trial on all threads.
     *
     * @param train training images
     * @param validation images judged after each epoch
     * @param seeds trainings of the trial
     */
    public double seconds(Choice choice, int train, int validation, int seeds) {
        double step = fixedSeconds + secondsPerMac * macs(standIns.model(choice));
        double steps = (train + validation * VALIDATION_SHARE) / settings.batch();
        return step * steps * settings.epochs() * seeds;
    }

    private long macs(ModelDefinition model) {
        return model.cost(classes).macs();
    }

    private double stepSeconds(ModelDefinition model) {
        return StepProbe.step(model, settings.batch(), classes, WARM_UPS, STEPS).millis() / 1000;
    }
}
