package org.efficientnet4j.search.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A process of its own that works on a study: recovers, then runs what it can claim, or hangs in one trial. Each trial
 * that it completed is a line in the study's journal.
 */
final class StudyWorker {
    private StudyWorker() {}

    /** Arguments: the file, the trial to hang in or -1, milliseconds a trial. */
    public static void main(String[] arguments) throws InterruptedException, IOException {
        int hangIn = Integer.parseInt(arguments[1]);
        Path file = Path.of(arguments[0]);
        try (Study study = Study.open(file)) {
            study.recover();
            System.out.println("working");
            for (Optional<Trial> trial = study.claim(); trial.isPresent(); trial = study.claim()) {
                if (trial.get().number() == hangIn) {
                    System.out.println("hanging");
                    Thread.sleep(Long.MAX_VALUE);
                }
                Thread.sleep(Integer.parseInt(arguments[2]));
                study.complete(trial.get(), TrialOutcome.of(trial.get().number()));
                Files.writeString(
                        journal(file),
                        trial.get().number() + "\n",
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            }
        }
    }

    static Path journal(Path file) {
        return file.resolveSibling("journal");
    }
}
