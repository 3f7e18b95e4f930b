package org.efficientnet4j.train.options;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The recipes in {@code docs/files.md} are those that come with the toolkit, with the settings they have. */
class RecipesPageTest {
    private static final Path PAGE = Path.of("../../docs/files.md");
    private static final Pattern TABLE = Pattern.compile("(?s)\\| recipe \\|[^\n]*\n\\|[^\n]*\n(.*?)\n\n");

    @Test
    void thePageHasEveryRecipeWithItsPurposeAndSettings() throws IOException {
        String wanted = Recipes.names().stream().map(RecipesPageTest::row).collect(Collectors.joining("\n"));
        String found = TABLE.matcher(Files.readString(PAGE))
                .results()
                .map(table -> table.group(1))
                .findFirst()
                .orElse("no table of recipes");
        assertEquals(wanted, found);
    }

    private static String row(String name) {
        TrainingOptionsBuilder recipe = Recipes.options(name);
        String settings = TrainingOption.all().stream()
                .filter(recipe::isSet)
                .map(option -> "`" + option.path() + "` " + text(option, recipe))
                .collect(Collectors.joining(", "));
        return "| `" + name + "` | " + Recipes.purpose(name) + " | " + settings + " |";
    }

    private static <T> String text(TrainingOption<T> option, TrainingOptionsBuilder recipe) {
        return option.type().write().apply(recipe.find(option).orElseThrow()).asText();
    }
}
