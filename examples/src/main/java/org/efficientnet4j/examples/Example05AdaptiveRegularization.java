package org.efficientnet4j.examples;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.efficientnet4j.compare.PairedDifference;
import org.efficientnet4j.data.DataSplits;
import org.efficientnet4j.data.source.ImageSources;
import org.efficientnet4j.data.source.SplitOptions;
import org.efficientnet4j.examples.support.EpochLines;
import org.efficientnet4j.examples.support.Flags;
import org.efficientnet4j.examples.support.Flags.Given;
import org.efficientnet4j.examples.support.Pictures;
import org.efficientnet4j.examples.support.SmallNetwork;
import org.efficientnet4j.train.ImageTraining;
import org.efficientnet4j.train.options.PhasePlan;
import org.efficientnet4j.train.options.ProgressiveOptions;
import org.efficientnet4j.train.options.RunOptions;
import org.efficientnet4j.train.progressive.ProgressivePhase;
import org.efficientnet4j.train.progressive.ProgressiveRange;
import org.efficientnet4j.train.progressive.ProgressiveSchedule;
import org.efficientnet4j.train.progressive.ProgressiveSchedule.Division;
import org.efficientnet4j.train.progressive.Strengths;
import org.efficientnet4j.train.run.TrainingRun;

/**
 * Regularisation that grows with the image size: what RandAugment, mixup and dropout do to a network's input at each phase,
 * as a sheet of pictures, and what it is worth, as accuracy. Two trainings grow their images alike; one has the last phase's
 * strengths throughout, in the other the strengths grow, too.
 *
 * <p>Source: EfficientNetV2 (arXiv 2104.00298), section 4 and its "w/ and w/o adaptive regularization".
 */
public final class Example05AdaptiveRegularization {
    private static final int BATCH = 16;

    static final Flags FLAGS = Flags.of(
                    "05 adaptive-regularization",
                    "Draws what each phase of a progressive training makes of images, then trains with strengths fixed at the",
                    "last phase's and with strengths that grow, on the same growing images, for several seeds.",
                    "Expect a sheet sheet.png on which sizes and strengths grow, and a difference of some points with its",
                    "uncertainty; whether it is a gain the program tells from what it saw. Takes 2 to 10 minutes,",
                    "with --quick (one seed, which tells nothing about chance) 10 to 60 seconds.")
            .with("--data", "SOURCE", "shapes:3000", "shapes:1000", "what to learn from, as 'effnet train' takes it")
            .with("--out", "DIR", "runs/05", "folder of the sheet and the runs; earlier ones are replaced")
            .with("--epochs", "N", "2", "1", "epochs of each of the 4 phases")
            .with("--seeds", "N", "3", "1", "trainings of each way");

    private Example05AdaptiveRegularization() {}

    /**
     * Result of the run.
     *
     * @param phases of the training whose strengths grow
     * @param sheet the pictures
     * @param fixed best held-out accuracy with fixed strengths, a value a seed
     * @param growing best held-out accuracy with growing strengths, a value a seed
     * @param gain mean of the second less the first, seed by seed
     * @param halfWidth half the width of its 95 % interval by Student's t; infinite for one seed
     */
    public record Result(
            List<ProgressivePhase> phases,
            Path sheet,
            List<Double> fixed,
            List<Double> growing,
            double gain,
            double halfWidth) {}

    /** Draws and trains. */
    public static void main(String[] args) {
        FLAGS.read(args).ifPresent(Example05AdaptiveRegularization::run);
    }

    static Result run(Given given) {
        Path out = Path.of(given.text("--out"));
        int epochs = given.number("--epochs", 1);
        int seeds = given.number("--seeds", 1);
        Strengths weak = new Strengths(0.05, 0, 0, 0, 0);
        Strengths strong = new Strengths(0.4, 0, 10, 0.4, 0);
        List<ProgressivePhase> growing = ProgressiveSchedule.paper(
                        new ProgressiveRange(24, 48, weak, strong), new Division(4, 4 * epochs, BATCH, 8, false))
                .phases();
        List<ProgressivePhase> fixed = growing.stream()
                .map(phase -> new ProgressivePhase(phase.size(), phase.batch(), phase.epochs(), strong))
                .toList();
        System.out.println("phase  pixels  dropout  RandAugment  mixup");
        for (int i = 0; i < growing.size(); i++) {
            Strengths strengths = growing.get(i).strengths();
            System.out.printf(
                    Locale.ROOT,
                    "%5d  %6d  %7.2f  %11.1f  %5.2f%n",
                    i + 1,
                    growing.get(i).size(),
                    strengths.dropout(),
                    strengths.randAugment(),
                    strengths.mixup());
        }

        DataSplits data = ImageSources.open(given.text("--data"), new SplitOptions(0.2, 1));
        Path sheet = out.resolve("sheet.png");
        Pictures.write(RegularizationSheet.draw(data.train(), growing), sheet);
        System.out.println("Look at " + sheet + ": a row a phase.\n");

        List<Double> fixedTop1 = new ArrayList<>();
        List<Double> growingTop1 = new ArrayList<>();
        for (int seed = 1; seed <= seeds; seed++) {
            System.out.println("Seed " + seed + ", strengths fixed at the last phase's:");
            fixedTop1.add(train(given, fixed, seed, out.resolve("fixed-" + seed)));
            System.out.println("Seed " + seed + ", strengths that grow:");
            growingTop1.add(train(given, growing, seed, out.resolve("growing-" + seed)));
        }
        PairedDifference difference = PairedDifference.of(fixedTop1, growingTop1);
        report(fixedTop1, growingTop1, difference, data.validation().size());
        return new Result(growing, sheet, fixedTop1, growingTop1, difference.mean(), difference.halfWidth());
    }

    private static double train(Given given, List<ProgressivePhase> phases, long seed, Path directory) {
        ImageTraining training = ImageTraining.prepare(
                SmallNetwork.options(given.text("--data"), 48, epochs(phases))
                        .set(
                                ProgressiveOptions.PLAN,
                                phases.stream().map(PhasePlan::of).toList())
                        .set(RunOptions.SEED, seed),
                SmallNetwork.model());
        TrainingRun run = TrainingRun.overwrite(directory, training.options());
        return training.trainer(run)
                .listener(new EpochLines("  "))
                .train()
                .best()
                .orElseThrow()
                .top1();
    }

    private static int epochs(List<ProgressivePhase> phases) {
        return phases.stream().mapToInt(ProgressivePhase::epochs).sum();
    }

    private static void report(List<Double> fixed, List<Double> growing, PairedDifference difference, int heldOut) {
        System.out.printf(
                Locale.ROOT, "%nFixed strengths:   %s%nGrowing strengths: %s%n", percents(fixed), percents(growing));
        System.out.printf(Locale.ROOT, "Growing less fixed: %+.1f points", 100 * difference.mean());
        if (fixed.size() == 1) {
            System.out.printf(
                    Locale.ROOT,
                    ", of one seed, which tells nothing about chance (the %,d images alone make +-%.1f points): try --seeds"
                            + " 3.%n",
                    heldOut,
                    100 * Math.sqrt(0.5 / heldOut));
            return;
        }
        System.out.printf(
                Locale.ROOT,
                ", 95 %% interval %+.1f to %+.1f (Student's t, %d seeds).%n%s%n",
                100 * (difference.mean() - difference.halfWidth()),
                100 * (difference.mean() + difference.halfWidth()),
                fixed.size(),
                difference.isSignificant()
                        ? difference.mean() > 0
                                ? "A gain: these short trainings learn slowly under full strength on small images."
                                : "A loss: here the early phases are better off with the full strength."
                        : "The interval holds 0: these runs do not tell a gain from chance. More seeds or longer runs would.");
    }

    /** Shares as percentages, their mean in front. */
    private static String percents(List<Double> shares) {
        double mean = shares.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        return String.format(Locale.ROOT, "mean %.1f %%  (", 100 * mean)
                + shares.stream()
                        .map(share -> String.format(Locale.ROOT, "%.1f", 100 * share))
                        .collect(Collectors.joining(", "))
                + ")";
    }
}
