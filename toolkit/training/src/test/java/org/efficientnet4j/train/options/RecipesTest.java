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
                .model("efficientnet_v2_s")
                .source("shapes")
                .classes(10)
                .build();
        assertEquals(options.epochs(), options.stages().epochs());
    }

    /** Figures of the papers' sections on training. */
    @Test
    void imagenetRecipesAreThePapers() {
        TrainingOptions options = Recipes.options("v2-imagenet")
                .model("efficientnet_v2_s")
                .source("shapes")
                .classes(10)
                .build();
        assertEquals(350, options.epochs());
        assertEquals(Optimizer.RMSPROP, options.optimizer().name());
        assertEquals(
                0.256 / 4096,
                options.optimizer().learningRate() / options.data().batch(),
                1e-12);
        assertEquals(0.97, options.schedule().decayRate());
        assertEquals(2.4, options.schedule().decayEpochs());
        assertEquals(0.9999, options.averaging().decay());
        assertEquals(4, options.stages().stages().size());
        assertEquals(128, options.stages().stages().get(0).size());
        assertEquals(384, options.data().evaluationSize());
    }

    @Test
    void unknownNamesAreAnsweredWithTheNearest() {
        String message = assertThrows(InvalidInputException.class, () -> Recipes.text("photograph"))
                .getMessage();
        assertTrue(message.contains("'photographs'"), message);
    }
}
