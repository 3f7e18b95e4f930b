package org.efficientnet4j.train.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.efficientnet4j.core.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecipesTest {
    static List<String> names() {
        return Recipes.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyRecipeIsARunOfAModel(String name) {
        assertTrue(Recipes.purpose(name).length() > 20, name);
        TrainingOptions options = Recipes.options(name)
                .set(RunOptions.MODEL, "efficientnet_v2_s")
                .set(DataOptions.SOURCE, "shapes")
                .set(DataOptions.CLASSES, 10)
                .build();
        assertEquals(options.get(RunOptions.EPOCHS), options.phases().epochs());
    }

    /** Figures of the papers' sections on training. */
    @Test
    void imagenetRecipesAreThePapers() {
        TrainingOptions options = Recipes.options("v2-imagenet")
                .set(RunOptions.MODEL, "efficientnet_v2_s")
                .set(DataOptions.SOURCE, "shapes")
                .set(DataOptions.CLASSES, 10)
                .build();
        assertEquals(350, options.get(RunOptions.EPOCHS));
        assertEquals(Optimizer.RMSPROP, options.get(OptimizerOptions.ALGORITHM));
        assertEquals(0.256 / 4096, options.get(OptimizerOptions.LEARNING_RATE) / options.get(DataOptions.BATCH), 1e-12);
        assertEquals(0.97, options.get(ScheduleOptions.DECAY_RATE));
        assertEquals(2.4, options.get(ScheduleOptions.DECAY_EPOCHS));
        assertEquals(0.9999, options.get(ValidationOptions.AVERAGING_DECAY));
        assertEquals(4, options.phases().phases().size());
        assertEquals(128, options.phases().phases().get(0).size());
        assertEquals(384, options.get(DataOptions.EVALUATION_SIZE));
    }

    @Test
    void unknownNamesAreAnsweredWithTheNearest() {
        String message = assertThrows(InvalidInputException.class, () -> Recipes.text("photograph"))
                .getMessage();
        assertTrue(message.contains("'photographs'"), message);
    }
}
