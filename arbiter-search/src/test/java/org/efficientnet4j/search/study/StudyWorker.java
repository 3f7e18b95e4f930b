package org.efficientnet4j.search.study;

import java.nio.file.Path;
import java.util.Optional;

/** A process of its own that works on a study: recovers, then runs what it can claim, or hangs in one trial. */
final class StudyWorker {
    private StudyWorker() {}

    /** Arguments: the file, the trial to hang in or -1. */
    public static void main(String[] arguments) throws InterruptedException {
        int hangIn = Integer.parseInt(arguments[1]);
        try (Study study = Study.open(Path.of(arguments[0]), "test")) {
            study.recover();
            for (Optional<Trial> trial = study.claim(); trial.isPresent(); trial = study.claim()) {
                if (trial.get().number() == hangIn) {
                    System.out.println("hanging");
                    Thread.sleep(Long.MAX_VALUE);
                }
                Thread.sleep(2);
                study.complete(trial.get(), TrialOutcome.of(trial.get().number()));
            }
        }
    }
}
