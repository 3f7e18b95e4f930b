package org.efficientnet4j.evaluate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * How well a network does on labelled images.
 *
 * @param top1 share of examples whose most probable class is the true one, in [0, 1]
 * @param top5 share of examples whose true class is among the five most probable, in [0, 1]
 * @param loss mean cross-entropy in nats, without label smoothing; NaN if a probability was not a finite number
 * @param examples how many images were scored
 * @param undefined how many of them got probabilities that are not finite numbers; they count as wrong
 * @param labels class names in the network's order
 * @param confusion a row for each true class, a column for each predicted one
 */
public record EvaluationResult(
        double top1,
        double top5,
        double loss,
        int examples,
        int undefined,
        List<String> labels,
        List<List<Integer>> confusion) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** @throws IllegalArgumentException unless the confusion matrix has a row and a column for each label */
    public EvaluationResult {
        labels = List.copyOf(labels);
        confusion = confusion.stream().map(List::copyOf).toList();
        int classes = labels.size();
        if (confusion.size() != classes || !confusion.stream().allMatch(row -> row.size() == classes)) {
            throw new IllegalArgumentException("The confusion matrix must have " + classes
                    + " rows and columns, one for each label, found " + confusion.size() + " rows");
        }
    }

    /**
     * Each class's own figures, in the labels' order. Where a figure is 0 / 0 (a class never predicted, or without
     * examples) it is 0, as in scikit-learn.
     */
    public List<ClassScores> perClass() {
        List<ClassScores> scores = new ArrayList<>();
        for (int c = 0; c < labels.size(); c++) {
            int column = c;
            int hits = confusion.get(c).get(c);
            int truly = confusion.get(c).stream().mapToInt(Integer::intValue).sum();
            int predicted = confusion.stream().mapToInt(row -> row.get(column)).sum();
            scores.add(ClassScores.of(labels.get(c), hits, truly, predicted));
        }
        return List.copyOf(scores);
    }

    /**
     * The result as a JSON object: {@code top1}, {@code top5}, {@code loss} (null if undefined), {@code examples},
     * {@code undefined}, {@code labels}, {@code confusion} and {@code perClass}.
     */
    public ObjectNode toJson() {
        ObjectNode json = JSON.valueToTree(this);
        if (!Double.isFinite(loss)) {
            json.putNull("loss");
        }
        json.set("perClass", JSON.valueToTree(perClass()));
        return json;
    }
}
