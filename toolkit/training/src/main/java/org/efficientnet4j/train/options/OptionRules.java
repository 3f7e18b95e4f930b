package org.efficientnet4j.train.options;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.train.options.OptionResolver.MissingOptionException;
import org.efficientnet4j.train.progressive.ProgressiveMode;
import org.efficientnet4j.train.progressive.ProgressivePhase;

/** The invariants between options. */
final class OptionRules {
    private static final List<Rule> ALL = rules();

    private OptionRules() {}

    /**
     * An invariant.
     *
     * @param involved the options it relates; it is not tested if one of them is out of its own range
     * @param violation the message; empty where it holds
     */
    private record Rule(List<TrainingOption<?>> involved, Function<OptionResolver, Optional<String>> violation) {
        boolean applies(Set<TrainingOption<?>> faulty) {
            return involved.stream().noneMatch(faulty::contains);
        }
    }

    /** Notes every invariant that does not hold, of those that can be told from what is set. */
    static void check(OptionResolver options, Set<TrainingOption<?>> faulty, Problems problems) {
        for (Rule rule : ALL) {
            if (rule.applies(faulty)) {
                violation(rule, options, problems).ifPresent(problems::add);
            }
        }
    }

    private static Optional<String> violation(Rule rule, OptionResolver options, Problems problems) {
        try {
            return rule.violation().apply(options);
        } catch (MissingOptionException e) {
            return Optional.empty(); // told where the option itself is asked for
        } catch (InvalidInputException e) {
            problems.add(e);
            return Optional.empty();
        }
    }

    private static List<Rule> rules() {
        List<Rule> rules = new ArrayList<>(List.of(
                new Rule(List.of(ScheduleOptions.WARMUP_EPOCHS, RunOptions.EPOCHS), OptionRules::warmup),
                atMost(ErasingOptions.MIN_AREA, ErasingOptions.MAX_AREA, ""),
                atMost(ErasingOptions.MIN_RATIO, ErasingOptions.MAX_RATIO, ""),
                new Rule(List.of(TransferOptions.FREEZE_UNTIL, TransferOptions.INIT), OptionRules::freezing),
                new Rule(List.of(TransferOptions.UNFREEZE_EVERY, TransferOptions.FREEZE_UNTIL), OptionRules::thawing),
                new Rule(List.of(TransferOptions.CLASSIFIER, TransferOptions.INIT), OptionRules::classifier),
                new Rule(List.of(ProgressiveOptions.MODE), OptionRules::mode),
                new Rule(List.of(ProgressiveOptions.MODE, ProgressiveOptions.PLAN), OptionRules::plan),
                new Rule(List.of(ProgressiveOptions.PLAN, RunOptions.EPOCHS), OptionRules::plannedEpochs),
                new Rule(List.of(ProgressiveOptions.PHASES, RunOptions.EPOCHS), OptionRules::phases),
                new Rule(
                        List.of(ProgressiveOptions.PLAN, DataOptions.AUGMENTATION, RegularizationOptions.RAND_AUGMENT),
                        OptionRules::oneAutomaticPolicy),
                new Rule(List.of(ValidationOptions.KEEP, ValidationOptions.PATIENCE), OptionRules::keeping),
                new Rule(List.of(DataOptions.CHANNELS), AlphaRules::violation)));
        String grows = ": progressive learning grows, so lower the first or raise the second";
        rules.add(atMost(ProgressiveOptions.MIN_SIZE, DataOptions.SIZE, grows));
        rules.add(atMost(ProgressiveOptions.MIN_DROPOUT, RegularizationOptions.DROPOUT, grows));
        rules.add(atMost(ProgressiveOptions.MIN_DROP_CONNECT_RATE, RegularizationOptions.DROP_CONNECT_RATE, grows));
        rules.add(atMost(ProgressiveOptions.MIN_RAND_AUGMENT, RegularizationOptions.RAND_AUGMENT, grows));
        rules.add(atMost(ProgressiveOptions.MIN_MIXUP, RegularizationOptions.MIXUP, grows));
        rules.add(atMost(ProgressiveOptions.MIN_CUTMIX, RegularizationOptions.CUTMIX, grows));
        return List.copyOf(rules);
    }

    private static <N extends Number> Rule atMost(TrainingOption<N> low, TrainingOption<N> high, String remedy) {
        return new Rule(List.of(low, high), options -> options.find(low)
                .filter(value -> value.doubleValue() > options.get(high).doubleValue())
                .map(value -> options.name(low) + " must be at most " + options.name(high) + ", found " + value
                        + " and " + options.get(high) + remedy));
    }

    private static Optional<String> warmup(OptionResolver options) {
        double warmup = options.get(ScheduleOptions.WARMUP_EPOCHS);
        int epochs = options.get(RunOptions.EPOCHS);
        return violated(
                warmup > epochs,
                options.name(ScheduleOptions.WARMUP_EPOCHS) + " must not exceed " + options.name(RunOptions.EPOCHS)
                        + ", found " + warmup + " of " + epochs + ": train longer or shorten the warm-up");
    }

    private static Optional<String> freezing(OptionResolver options) {
        return options.find(TransferOptions.FREEZE_UNTIL)
                .filter(stage -> options.find(TransferOptions.INIT).isEmpty())
                .map(stage -> options.name(TransferOptions.FREEZE_UNTIL) + " needs "
                        + options.name(TransferOptions.INIT)
                        + ", since frozen random weights stay random, found " + stage
                        + " alone: name the trained weights (--init)");
    }

    private static Optional<String> thawing(OptionResolver options) {
        return options.given(TransferOptions.UNFREEZE_EVERY)
                .filter(every ->
                        every > 0 && options.find(TransferOptions.FREEZE_UNTIL).isEmpty())
                .map(every -> options.name(TransferOptions.UNFREEZE_EVERY) + " needs "
                        + options.name(TransferOptions.FREEZE_UNTIL) + ", found " + every
                        + " with nothing frozen: name the last frozen stage (--freeze-until)");
    }

    private static Optional<String> classifier(OptionResolver options) {
        return options.find(TransferOptions.CLASSIFIER)
                .filter(start -> options.find(TransferOptions.INIT).isEmpty())
                .map(start -> options.name(TransferOptions.CLASSIFIER) + " needs " + options.name(TransferOptions.INIT)
                        + ", found it alone: name the trained weights (--init)");
    }

    private static Optional<String> keeping(OptionResolver options) {
        int patience = options.get(ValidationOptions.PATIENCE);
        return violated(
                patience > 0 && options.get(ValidationOptions.KEEP) == KeptEpoch.LAST,
                options.name(ValidationOptions.PATIENCE) + " waits for a better epoch, and "
                        + options.name(ValidationOptions.KEEP) + " last keeps none, found " + patience
                        + " with it: leave one of them out");
    }

    private static Optional<String> mode(OptionResolver options) {
        boolean asked = options.isSet(ProgressiveOptions.PHASES) || options.isSet(ProgressiveOptions.MIN_SIZE);
        return violated(
                asked && !options.isSet(ProgressiveOptions.PLAN) && !options.isSet(ProgressiveOptions.MODE),
                options.name(ProgressiveOptions.MODE) + " is missing, although phases or a first size are set:"
                        + " choose paper or automl (--progressive paper)");
    }

    private static Optional<String> plan(OptionResolver options) {
        ProgressiveMode mode = options.get(ProgressiveOptions.MODE);
        int phases = options.given(ProgressiveOptions.PLAN).map(List::size).orElse(0);
        boolean agrees =
                switch (mode) {
                    case OFF -> true;
                    case EXPLICIT -> phases > 0;
                    case PAPER, AUTOML -> phases == 0;
                };
        return violated(
                !agrees,
                ProgressiveOptions.PLAN.path() + " goes with the mode 'explicit', found the mode '"
                        + ProgressiveOptions.MODE.type().shown(mode) + "' and " + phases
                        + (phases == 1 ? " phase" : " phases")
                        + ": write the phases down, or choose paper, automl or off");
    }

    private static Optional<String> plannedEpochs(OptionResolver options) {
        int epochs = options.get(RunOptions.EPOCHS);
        return options.find(ProgressiveOptions.PLAN)
                .map(PhasePlan::epochs)
                .filter(planned -> planned != epochs)
                .map(planned -> "The epochs of " + options.name(ProgressiveOptions.PLAN) + " must sum up to "
                        + options.name(RunOptions.EPOCHS) + ", found " + planned + " and " + epochs
                        + ": leave epochs out, or mend the plan");
    }

    private static Optional<String> phases(OptionResolver options) {
        int epochs = options.get(RunOptions.EPOCHS);
        return options.find(ProgressiveOptions.PHASES)
                .filter(phases -> phases > epochs)
                .map(phases -> options.name(ProgressiveOptions.PHASES) + " must not exceed "
                        + options.name(RunOptions.EPOCHS) + ", found " + phases + " of " + epochs
                        + ": train longer or choose fewer phases");
    }

    private static Optional<String> oneAutomaticPolicy(OptionResolver options) {
        Augmentation augmentation = options.get(DataOptions.AUGMENTATION);
        boolean planned = options.find(ProgressiveOptions.PLAN).stream()
                .flatMap(plan -> PhasePlan.phases(plan).stream())
                .map(ProgressivePhase::strengths)
                .anyMatch(strengths -> strengths.randAugment() > 0);
        boolean randAugment = options.find(ProgressiveOptions.PLAN).isPresent()
                ? planned
                : options.get(RegularizationOptions.RAND_AUGMENT) > 0;
        return violated(
                randAugment && augmentation.learnt().isPresent(),
                "AutoAugment and RandAugment are alternatives, found " + options.name(DataOptions.AUGMENTATION) + " "
                        + DataOptions.AUGMENTATION.type().shown(augmentation) + " and "
                        + options.name(RegularizationOptions.RAND_AUGMENT)
                        + " above 0: choose the augmentation standard, or set the magnitude to 0 (--rand-augment 0)");
    }

    static Optional<String> violated(boolean violated, String message) {
        return violated ? Optional.of(message) : Optional.empty();
    }
}
