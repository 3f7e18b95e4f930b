package org.efficientnet4j.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.efficientnet4j.evaluate.EvaluationResult;

/**
 * A network's answer to each image it was judged on.
 *
 * @param labels class names in the order of the outputs
 * @param answers in the images' order
 */
public record Answers(List<String> labels, List<Answer> answers) {
    /**
     * One answer.
     *
     * @param image its name within the data set
     * @param truth the image's class
     * @param predicted the most probable class
     * @param truthProbability of the true class, in [0, 1]
     */
    public record Answer(String image, int truth, int predicted, double truthProbability) {
        /** True for a right answer. */
        public boolean right() {
            return truth == predicted;
        }
    }

    /** Copies the lists. */
    public Answers {
        labels = List.copyOf(labels);
        answers = List.copyOf(answers);
    }

    /** The share of right answers, in [0, 1]. */
    public double top1() {
        return (double) answers.stream().filter(Answer::right).count() / answers.size();
    }

    /** The mean cross-entropy in nats. */
    public double loss() {
        return answers.stream()
                .mapToDouble(answer -> -Math.log(Math.max(answer.truthProbability(), Float.MIN_NORMAL)))
                .average()
                .orElseThrow();
    }

    /** A row for each true class, a column for each answer. */
    public int[][] confusion() {
        int[][] counts = new int[labels.size()][labels.size()];
        answers.forEach(answer -> counts[answer.truth()][answer.predicted()]++);
        return counts;
    }

    /** The same as an evaluation of top-1 alone, for the picture of the confusion matrix. */
    EvaluationResult evaluation() {
        return evaluation(labels, List.of(this));
    }

    /** Several networks' answers added up. */
    static EvaluationResult evaluation(List<String> labels, List<Answers> all) {
        int[][] sum = new int[labels.size()][labels.size()];
        for (Answers one : all) {
            int[][] counts = one.confusion();
            for (int row = 0; row < sum.length; row++) {
                for (int column = 0; column < sum.length; column++) {
                    sum[row][column] += counts[row][column];
                }
            }
        }
        List<List<Integer>> rows = new ArrayList<>();
        for (int[] row : sum) {
            rows.add(java.util.Arrays.stream(row).boxed().toList());
        }
        double top1 = all.stream().mapToDouble(Answers::top1).average().orElseThrow();
        double loss = all.stream().mapToDouble(Answers::loss).average().orElseThrow();
        int examples = all.stream().mapToInt(one -> one.answers().size()).sum();
        return new EvaluationResult(top1, Double.NaN, loss, examples, 0, labels, rows);
    }

    /** Right (1) or wrong (0) by image. */
    Map<String, Integer> rightByImage() {
        return answers.stream()
                .collect(Collectors.toMap(Answer::image, answer -> answer.right() ? 1 : 0, (first, again) -> first));
    }

    /**
     * Images that this network has right and another has wrong.
     *
     * @param other judged on the same images in the same order
     */
    int onlyRightHere(Answers other) {
        int count = 0;
        for (int i = 0; i < answers.size(); i++) {
            if (!answers.get(i).image().equals(other.answers.get(i).image())) {
                throw new IllegalArgumentException("Paired answers must be to the same images, found "
                        + answers.get(i).image() + " and "
                        + other.answers.get(i).image());
            }
            count += answers.get(i).right() && !other.answers.get(i).right() ? 1 : 0;
        }
        return count;
    }
}
