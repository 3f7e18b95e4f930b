package org.efficientnet4j.data.check;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.download.Checksum;
import org.efficientnet4j.core.files.FileErrors;
import org.efficientnet4j.data.DataSplits;
import org.efficientnet4j.data.ImageSource;

/** Finds image files of the same content: among both halves of the data, and among several classes. */
public final class DuplicateImages {
    private static final int SHOWN = 3;

    private DuplicateImages() {}

    /** An image of either half. */
    private record Place(ImageSource source, int index) {
        String label() {
            return source.labels().get(source.label(index));
        }

        String key() {
            return source.key(index);
        }
    }

    /**
     * Compares the files. Only those of the same size as another are read.
     *
     * @param data both halves; images that are no files are passed over
     * @return a warning for each kind of duplicate
     * @throws InvalidInputException if a file cannot be read
     */
    public static List<String> warnings(DataSplits data) {
        List<String> acrossHalves = new ArrayList<>();
        List<String> acrossClasses = new ArrayList<>();
        for (List<Place> same : sameContent(data)) {
            Place first = same.get(0);
            same.stream()
                    .filter(other -> other.source() == data.validation() && first.source() == data.train())
                    .forEach(other -> acrossHalves.add(other.key() + " = " + first.key()));
            same.stream()
                    .filter(other -> !other.label().equals(first.label()))
                    .forEach(other -> acrossClasses.add(other.key() + " = " + first.key()));
        }
        List<String> warnings = new ArrayList<>();
        warning("also among those to learn from, so that the accuracy comes out too high", "held-out ", acrossHalves)
                .ifPresent(warnings::add);
        warning("also in another class", "", acrossClasses).ifPresent(warnings::add);
        return warnings;
    }

    private static Optional<String> warning(String fault, String kind, List<String> found) {
        if (found.isEmpty()) {
            return Optional.empty();
        }
        String subject = found.size() == 1
                ? "1 %simage is".formatted(kind)
                : String.format(Locale.ROOT, "%,d %simages are", found.size(), kind);
        return Optional.of(String.format(
                Locale.ROOT,
                "%s %s, file for file: %s%s.",
                subject,
                fault,
                String.join(", ", found.subList(0, Math.min(SHOWN, found.size()))),
                found.size() > SHOWN ? ", ..." : ""));
    }

    /** Groups of two and more files of the same content, images to learn from first. */
    private static List<List<Place>> sameContent(DataSplits data) {
        Map<Long, List<Place>> bySize = new HashMap<>();
        for (ImageSource source : List.of(data.train(), data.validation())) {
            for (int index = 0; index < source.size(); index++) {
                if (source.file(index).isPresent()) {
                    bySize.computeIfAbsent(source.bytes(index), size -> new ArrayList<>())
                            .add(new Place(source, index));
                }
            }
        }
        List<List<Place>> groups = new ArrayList<>();
        for (List<Place> candidates : bySize.values()) {
            if (candidates.size() > 1) {
                Map<Checksum, List<Place>> byContent = new HashMap<>();
                candidates.forEach(place -> byContent
                        .computeIfAbsent(checksum(place), sum -> new ArrayList<>())
                        .add(place));
                byContent.values().stream().filter(same -> same.size() > 1).forEach(groups::add);
            }
        }
        return groups;
    }

    private static Checksum checksum(Place place) {
        Path file = place.source().file(place.index()).orElseThrow();
        try {
            return Checksum.of(file);
        } catch (IOException e) {
            throw new InvalidInputException("Cannot read the image " + file + ": " + FileErrors.reason(e), e);
        }
    }
}
