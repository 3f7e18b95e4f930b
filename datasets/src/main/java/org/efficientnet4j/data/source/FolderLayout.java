package org.efficientnet4j.data.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.data.DataPart;
import org.efficientnet4j.data.LeftOut;
import org.efficientnet4j.data.decode.ImageDecoder;

/**
 * The folders of a data folder, told apart: class folders, or parts with class folders below them. A folder is a part if
 * its name is one of {@link DataPart}'s in any case and it holds folders, but no images of its own. Folders that look like
 * parts and cannot be used as such are refused rather than taken for classes.
 *
 * @param classes the class folders of an undivided data folder, sorted by name
 * @param parts each part's folder; empty for an undivided data folder
 */
record FolderLayout(List<Path> classes, Map<DataPart, Path> parts) {
    /** The layout in words, for messages. */
    static final String DESCRIPTION = "The layout is one sub-folder of images for each class, as in pets/cat/1.jpg and"
            + " pets/dog/2.jpg, optionally below train/ and val/ (and test/).";

    /** A word of a name such as train_set, 01-val or TestImages. */
    private static final Pattern LIKE_A_PART = Pattern.compile(
            "(train|trn|val|valid|validation|test|tst|dev)(?:ing)?(?:set|data|images?|imgs?|split|part|folder|dir)?");

    FolderLayout {
        classes = List.copyOf(classes);
        parts = Map.copyOf(parts);
    }

    /**
     * Looks at a data folder.
     *
     * @param leftOut told of what is neither class nor part
     * @throws InvalidInputException if parts cannot be told from classes
     */
    static FolderLayout of(Path directory, LeftOut.Tally leftOut) {
        List<Path> folders = folders(directory, directory, leftOut);
        List<Path> parts =
                folders.stream().filter(folder -> part(folder).isPresent()).toList();
        List<Path> divided = parts.stream().filter(FolderLayout::isDivided).toList();
        if (divided.isEmpty()) {
            refuseLikelyParts(directory, folders);
            refuseFolds(directory, folders);
            return new FolderLayout(folders, Map.of());
        }
        Map<DataPart, Path> byPart = new EnumMap<>(DataPart.class);
        for (Path folder : divided) {
            Path other = byPart.put(part(folder).orElseThrow(), folder);
            if (other != null) {
                throw new InvalidInputException(
                        "A data folder must have one %s part, found %s/ and %s/ in %s: rename or move one of them"
                                .formatted(part(folder).orElseThrow(), name(other), name(folder), directory));
            }
        }
        List<Path> others =
                folders.stream().filter(folder -> !divided.contains(folder)).toList();
        others.forEach(folder -> requireNoPart(folder, directory, byPart, leftOut));
        return new FolderLayout(List.of(), byPart);
    }

    /** A folder beside parts: left out, unless it must be a mistake. */
    private static void requireNoPart(Path folder, Path directory, Map<DataPart, Path> parts, LeftOut.Tally leftOut) {
        Optional<DataPart> part = part(folder);
        if (part.isPresent() && part.get() != DataPart.TEST && holdsImages(folder)) {
            throw new InvalidInputException(
                    "The part %s/ of %s must hold class folders, found images: sort them into class folders, or move it away. %s"
                            .formatted(name(folder), directory, DESCRIPTION));
        }
        if (!parts.containsKey(DataPart.TRAIN) && part.isEmpty()) {
            throw new InvalidInputException(
                    "The folders of %s must be either classes or parts, found %s/, which looks like a part, beside %s/: move one of them away. %s"
                            .formatted(directory, name(parts.values().iterator().next()), name(folder), DESCRIPTION));
        }
        leftOut.add(part.isPresent() ? "parts without class folders" : "folders beside the parts", name(folder) + "/");
    }

    private static void refuseLikelyParts(Path directory, List<Path> folders) {
        Map<Path, DataPart> likely = folders.stream()
                .filter(folder -> likelyPart(folder).isPresent())
                .collect(Collectors.toMap(
                        folder -> folder, folder -> likelyPart(folder).orElseThrow()));
        boolean severalParts = likely.values().stream().distinct().count() > 1;
        boolean nothingElse = !likely.isEmpty()
                && likely.size() == folders.size()
                && folders.stream().allMatch(FolderLayout::isDivided);
        if (severalParts || nothingElse) {
            String found = folders.stream()
                    .filter(likely::containsKey)
                    .map(folder -> name(folder) + "/" + (isDivided(folder) ? "" : " (without class folders)"))
                    .collect(Collectors.joining(" and "));
            throw new InvalidInputException(
                    "The folders of %s must be classes, found %s, which look like parts: name the parts train/, val/ and test/, with class folders below them. %s"
                            .formatted(directory, found, DESCRIPTION));
        }
    }

    /** Folders of one name with different numbers, as fold1/ and fold2/, that hold the same two or more folders. */
    private static void refuseFolds(Path directory, List<Path> folders) {
        List<String> stems = folders.stream()
                .map(folder -> name(folder).toLowerCase(Locale.ROOT).replaceAll("[\\d\\W_]+$", ""))
                .distinct()
                .toList();
        if (folders.size() < 2 || stems.size() != 1 || stems.get(0).isEmpty()) {
            return;
        }
        List<List<String>> below = folders.stream()
                .map(folder -> isDivided(folder) ? below(folder) : List.<String>of())
                .distinct()
                .toList();
        if (below.size() == 1 && below.get(0).size() > 1) {
            throw new InvalidInputException(
                    "The folders of %s must be classes, found %s/ to %s/, which look like folds, each with the class folders %s: name parts train/, val/ and test/, or list the images in a CSV file with a split column. %s"
                            .formatted(
                                    directory,
                                    name(folders.get(0)),
                                    name(folders.get(folders.size() - 1)),
                                    String.join(", ", below.get(0)),
                                    DESCRIPTION));
        }
    }

    private static List<String> below(Path folder) {
        return folders(folder, folder, new LeftOut.Tally()).stream()
                .map(FolderLayout::name)
                .toList();
    }

    private static Optional<DataPart> part(Path folder) {
        return DataPart.named(name(folder));
    }

    private static Optional<DataPart> likelyPart(Path folder) {
        String spaced = name(folder).replaceAll("(?<=[a-z])(?=[A-Z])", "_");
        for (String word : spaced.toLowerCase(Locale.ROOT).split("[^a-z]+", -1)) {
            Matcher matcher = LIKE_A_PART.matcher(word);
            if (matcher.matches()) {
                return DataPart.named(matcher.group(1));
            }
        }
        return Optional.empty();
    }

    /** Tells whether a folder holds folders that are not hidden, and no images of its own. */
    private static boolean isDivided(Path folder) {
        return ImageLister.hasFolders(folder) && !holdsImages(folder);
    }

    private static boolean holdsImages(Path folder) {
        return ImageLister.children(folder).stream()
                .anyMatch(file -> ImageDecoder.isImageName(file) && !ImageLister.isHidden(file));
    }

    /**
     * The sub-folders that may be classes or parts, sorted by name.
     *
     * @param root the data folder, for the names in messages
     * @throws InvalidInputException for a link without a target, behind which a class would vanish
     */
    static List<Path> folders(Path root, Path directory, LeftOut.Tally leftOut) {
        List<Path> folders = new ArrayList<>();
        for (Path child : ImageLister.children(directory)) {
            String key = ImageLister.key(root, child);
            if (ImageLister.isHidden(child)) {
                leftOut.addExpected(Files.isDirectory(child) ? "hidden folders" : "hidden files", key);
            } else if (Files.isDirectory(child)) {
                if (leadsUpwards(child)) {
                    leftOut.add(ImageLister.UPWARDS, key);
                } else {
                    folders.add(child);
                }
            } else if (ImageDecoder.isImageName(child)) {
                leftOut.add("images outside the class folders", key);
            } else if (!Files.exists(child)) {
                throw new InvalidInputException("A class must have images, found " + child
                        + ", a link to something that is not there: mend or remove the link");
            } else {
                leftOut.addExpected("files outside the class folders", key);
            }
        }
        return folders;
    }

    private static boolean leadsUpwards(Path folder) {
        try {
            return ImageLister.leadsUpwards(folder);
        } catch (IOException e) {
            throw new InvalidInputException("Cannot follow the link " + folder + ": mend or remove it", e);
        }
    }

    private static String name(Path folder) {
        return ImageLister.nameOf(folder);
    }
}
