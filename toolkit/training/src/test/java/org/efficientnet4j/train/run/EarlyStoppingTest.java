package org.efficientnet4j.train.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.evaluate.EvaluationResult;
import org.efficientnet4j.train.options.KeptEpoch;
import org.efficientnet4j.train.options.TrainingOptionsFile;
import org.junit.jupiter.api.Test;

class EarlyStoppingTest {
    private static EvaluationResult validation(double top1) {
        return new EvaluationResult(top1, 1, 0.5, 10, 0, List.of("a", "b"), List.of(List.of(5, 0), List.of(0, 5)));
    }

    private static int keptEpoch(KeptEpoch keep) {
        EarlyStopping stopping = new EarlyStopping(0, keep, null, 0);
        stopping.isBest(1, validation(0.9));
        stopping.isBest(2, validation(0.4));
        return stopping.best().orElseThrow().epoch();
    }

    @Test
    void keepsTheBestEpoch() {
        assertEquals(1, keptEpoch(KeptEpoch.BEST));
    }

    @Test
    void keepsTheLastEpochAlthoughAnotherWasBetter() {
        assertEquals(2, keptEpoch(KeptEpoch.LAST));
    }

    @Test
    void refusesPatienceWhereTheLastEpochIsKept() {
        String yaml = """
                model: lenet
                data:
                  source: shapes
                  classes: 10
                validation:
                  keep: last
                  patience: 3
                """;
        InvalidInputException refused = assertThrows(InvalidInputException.class, () -> TrainingOptionsFile.parse(yaml)
                .build());
        assertTrue(refused.getMessage().contains("validation.patience"), refused.getMessage());
    }
}
