package org.efficientnet4j.cli.commands;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.stream.Stream;
import org.efficientnet4j.train.options.Augmentation;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The augmentations as they are typed: in any case, with hyphens. */
final class AugmentationNames implements ITypeConverter<Augmentation>, Iterable<String> {
    /** Created by picocli. */
    AugmentationNames() {}

    @Override
    public Augmentation convert(String text) {
        return Arrays.stream(Augmentation.values())
                .filter(each -> name(each).equalsIgnoreCase(text.replace('_', '-')))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException(
                        "must be one of " + String.join(", ", names().toList()) + ", found '" + text + "'"));
    }

    @Override
    public Iterator<String> iterator() {
        return names().iterator();
    }

    private static Stream<String> names() {
        return Arrays.stream(Augmentation.values()).map(AugmentationNames::name);
    }

    private static String name(Augmentation augmentation) {
        return augmentation.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
