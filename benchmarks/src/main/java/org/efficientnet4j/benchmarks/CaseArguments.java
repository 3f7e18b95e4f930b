package org.efficientnet4j.benchmarks;

import java.util.List;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.models.ModelCatalog;
import org.efficientnet4j.models.ModelDefinition;

/**
 * A benchmark program's arguments: a model and whole numbers, all of them or none.
 *
 * @param model the network
 * @param numbers what follows it
 */
public record CaseArguments(ModelDefinition model, List<Integer> numbers) {
    /**
     * Reads them; without any, the usual case.
     *
     * @param usage their names, for the message
     * @throws InvalidInputException for another count of words, an unknown model or a word that is no whole number
     */
    public static CaseArguments parse(String usage, List<String> words, List<String> usual) {
        List<String> chosen = words.isEmpty() ? usual : words;
        if (chosen.size() != usual.size()) {
            throw new InvalidInputException("Expected " + usage + ", found " + String.join(" ", words));
        }
        try {
            return new CaseArguments(
                    model(chosen.get(0)),
                    chosen.stream().skip(1).map(Integer::parseInt).toList());
        } catch (NumberFormatException notANumber) {
            throw new InvalidInputException("Expected " + usage + ": " + notANumber.getMessage());
        }
    }

    /** The model of a name, or of an architecture file. */
    public static ModelDefinition model(String word) {
        return ModelCatalog.find(word);
    }
}
