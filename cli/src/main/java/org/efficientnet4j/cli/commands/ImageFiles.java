package org.efficientnet4j.cli.commands;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.efficientnet4j.core.InvalidInputException;

/** The image files that a prediction is asked for. */
final class ImageFiles {
    private static final List<String> EXTENSIONS =
            List.of(".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff", ".ppm", ".pgm");

    private ImageFiles() {}

    static List<Path> existing(List<Path> files) {
        for (Path file : files) {
            if (!Files.isRegularFile(file)) {
                throw new InvalidInputException(
                        Files.isDirectory(file)
                                ? file + " is a folder: use --dir " + file
                                : "There is no image file " + file + ": check the path");
            }
        }
        return List.copyOf(files);
    }

    static List<Path> below(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new InvalidInputException("There is no folder " + directory + ": check --dir");
        }
        try (Stream<Path> paths = Files.walk(directory)) {
            List<Path> files = paths.filter(ImageFiles::isImage).sorted().toList();
            if (files.isEmpty()) {
                throw new InvalidInputException(
                        "There are no images (" + String.join(", ", EXTENSIONS) + ") in " + directory);
            }
            return files;
        } catch (IOException e) {
            throw new InvalidInputException("Cannot list " + directory + ": " + e.getMessage(), e);
        }
    }

    /** The first column; a first line that names no file beside others that do is a header. */
    static List<Path> listedIn(Path csv) {
        List<Path> files = new ArrayList<>();
        Path folder = csv.toAbsolutePath().getParent();
        try {
            for (String line : Files.readAllLines(csv, StandardCharsets.UTF_8)) {
                String name = firstColumn(line);
                if (!name.isEmpty()) {
                    files.add(folder.resolve(name));
                }
            }
        } catch (IOException e) {
            throw new InvalidInputException("Cannot read " + csv + ": check --csv (" + e.getMessage() + ")", e);
        }
        if (files.size() > 1 && !Files.exists(files.get(0))) {
            files.remove(0);
        }
        if (files.isEmpty()) {
            throw new InvalidInputException(csv + " names no image files");
        }
        return existing(files);
    }

    private static String firstColumn(String line) {
        String text = line.strip();
        if (text.startsWith("\"")) {
            int end = text.indexOf('"', 1);
            return end < 0 ? text.substring(1) : text.substring(1, end);
        }
        int comma = text.indexOf(',');
        return comma < 0 ? text : text.substring(0, comma).strip();
    }

    private static boolean isImage(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        return EXTENSIONS.stream().anyMatch(name::endsWith) && Files.isRegularFile(file);
    }
}
