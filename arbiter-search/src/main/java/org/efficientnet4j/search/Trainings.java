package org.efficientnet4j.search;

import org.efficientnet4j.backend.Backend;
import org.efficientnet4j.data.source.ImageSources;
import org.efficientnet4j.data.source.SplitOptions;
import org.efficientnet4j.kernels.threads.KernelThreads;
import org.efficientnet4j.search.objective.ProxyTraining;
import org.efficientnet4j.search.objective.StandIns;
import org.efficientnet4j.search.specification.StudySpecification;

/** A search's trainings on this machine. */
final class Trainings {
    private static final double HELD_OUT = 0.2;
    private static final int MOST_WORKERS = 8;

    private Trainings() {}

    /**
     * The trainings that judge a search's trials.
     *
     * @param parallel trials at a time, which share the threads that read images
     */
    static ProxyTraining of(StudySpecification specification, int parallel) {
        int workers = Math.min(MOST_WORKERS, Runtime.getRuntime().availableProcessors());
        return ProxyTraining.of(
                specification.base(),
                specification.proxy(),
                specification.reward(),
                specification.measuresLatency(),
                Math.max(1, workers / parallel));
    }

    /** Refuses a search whose networks are too large for their images, or whose images cannot be read. */
    static void requireRunnable(StudySpecification specification) {
        StandIns standIns = new StandIns(specification.proxy(), specification.base());
        specification.plan().choices().forEach(standIns::model); // refuses too small images
        Backend.requireUsable();
        ImageSources.open(specification.proxy().source(), new SplitOptions(HELD_OUT, specification.seed()));
    }

    /** Gives every trial its share of the cores; a number the user set stands. */
    static void shareThreads(int parallel) {
        if (parallel > 1 && System.getProperty(KernelThreads.PROPERTY) == null) {
            KernelThreads.shared().setCount(Math.max(1, Runtime.getRuntime().availableProcessors() / parallel));
        }
    }
}
