package org.efficientnet4j.cli.augment;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.data.augment.automatic.AutoAugment;
import org.efficientnet4j.data.augment.automatic.AutomaticPolicy;
import org.efficientnet4j.data.augment.automatic.LearntPolicy;
import org.efficientnet4j.data.augment.automatic.RandAugment;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The policies a sheet can show, by the names they have on the command line. */
enum SheetPolicy {
    RANDAUGMENT("randaugment", "RandAugment, two operations an image"),
    AUTOAUGMENT_IMAGENET("autoaugment-imagenet", "AutoAugment's policy for ImageNet"),
    AUTOAUGMENT_CIFAR10("autoaugment-cifar10", "AutoAugment's policy for CIFAR-10");

    private static final List<Double> USUAL_MAGNITUDES = List.of(5.0, 10.0, 15.0);
    private static final int DRAWS = 4;

    private final String option;
    private final String title;

    SheetPolicy(String option, String title) {
        this.option = option;
        this.title = title;
    }

    /**
     * A column of augmented images.
     *
     * @param heading above it
     * @param policy what is done
     * @param stream columns of the same stream draw the same operations
     */
    record Column(String heading, AutomaticPolicy policy, int stream) {}

    String title() {
        return title;
    }

    /** @param magnitudes none for the usual ones */
    List<Column> columns(List<Double> magnitudes) {
        return switch (this) {
            case RANDAUGMENT ->
                (magnitudes.isEmpty() ? USUAL_MAGNITUDES : magnitudes)
                        .stream().map(SheetPolicy::randAugment).toList();
            case AUTOAUGMENT_IMAGENET -> draws(LearntPolicy.IMAGENET, magnitudes);
            case AUTOAUGMENT_CIFAR10 -> draws(LearntPolicy.CIFAR10, magnitudes);
        };
    }

    private static Column randAugment(double magnitude) {
        String shown = magnitude == Math.rint(magnitude) ? Long.toString((long) magnitude) : Double.toString(magnitude);
        return new Column("magnitude " + shown, new RandAugment(RandAugment.USUAL_LAYERS, magnitude), 0);
    }

    private List<Column> draws(LearntPolicy policy, List<Double> magnitudes) {
        if (!magnitudes.isEmpty()) {
            throw new InvalidInputException("--magnitude goes with --policy randaugment alone: " + option
                    + " has its own magnitudes; leave it out");
        }
        return IntStream.range(0, DRAWS)
                .mapToObj(draw -> new Column("draw " + (draw + 1), new AutoAugment(policy), draw))
                .toList();
    }

    /** Reads a policy's name, and lists all. */
    static final class Names implements ITypeConverter<SheetPolicy>, Iterable<String> {
        /** Created by picocli. */
        Names() {}

        @Override
        public SheetPolicy convert(String text) {
            return Arrays.stream(values())
                    .filter(policy -> policy.option.equalsIgnoreCase(text.replace('_', '-')))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException(
                            "must be one of " + String.join(", ", options().toList()) + ", found '" + text + "'"));
        }

        @Override
        public Iterator<String> iterator() {
            return options().iterator();
        }

        private static Stream<String> options() {
            return Arrays.stream(values()).map(policy -> policy.option);
        }
    }
}
