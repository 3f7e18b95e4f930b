package org.efficientnet4j.data.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.files.FileErrors;
import org.efficientnet4j.data.source.ImageLister.ListedImage;

/** The files that a table's image names mean: names may lack the extension, and use either kind of slash. */
final class CsvFiles {
    private static final List<String> EXTENSIONS =
            List.of("", ".jpg", ".jpeg", ".png", ".JPG", ".JPEG", ".PNG", ".webp", ".bmp", ".tif", ".tiff", ".gif");

    private final Path folder;
    private final boolean outsideAllowed;

    CsvFiles(Path folder, boolean outsideAllowed) {
        this.folder = folder;
        this.outsideAllowed = outsideAllowed;
    }

    /**
     * Finds an image.
     *
     * @return the file; empty if there is none
     * @throws InvalidInputException if the name leads out of the folder, or means several files
     */
    Optional<ListedImage> find(String name) {
        List<Path> files = candidates(name);
        if (files.isEmpty() && name.indexOf('\\') >= 0) {
            files = candidates(name.replace('\\', '/'));
        }
        if (files.size() > 1) {
            throw new InvalidInputException("An image's name must mean one file, found \"" + name + "\" for "
                    + files.get(0) + " and " + files.get(1) + ": write the extension too");
        }
        return files.stream().findFirst().map(file -> listed(file, name));
    }

    /** Tells whether a name means a file, wherever that is. */
    boolean exists(String name) {
        return !candidates(name).isEmpty()
                || !candidates(name.replace('\\', '/')).isEmpty();
    }

    private List<Path> candidates(String name) {
        if (name.isEmpty()) {
            return List.of();
        }
        // By real path, since a file system that ignores case finds 1.jpg as 1.JPG too.
        Map<Path, Path> found = new LinkedHashMap<>();
        try {
            for (String extension : EXTENSIONS) {
                Path file = folder.resolve(name + extension);
                if (Files.isRegularFile(file)) {
                    found.putIfAbsent(file.toRealPath(), file);
                }
                if (extension.isEmpty() && !found.isEmpty()) {
                    break;
                }
            }
        } catch (InvalidPathException e) {
            return List.of(); // A name that no file system takes is a file that is not there; the caller names it.
        } catch (IOException e) {
            throw new InvalidInputException("Cannot open the image " + name + ": " + FileErrors.reason(e), e);
        }
        return List.copyOf(found.values());
    }

    private ListedImage listed(Path file, String name) {
        Path root = folder.toAbsolutePath().normalize();
        Path full = file.toAbsolutePath().normalize();
        boolean within = full.startsWith(root);
        if (!within && !outsideAllowed) {
            throw new InvalidInputException("An image must lie in the folder " + root + ", found \"" + name
                    + "\", which leads to " + full
                    + ": correct the folder or the name, or allow it by --allow-outside (?outside=true in the source)");
        }
        try {
            String key = within ? ImageLister.key(root, full) : full.toString().replace('\\', '/');
            return new ListedImage(file, key, Files.size(file));
        } catch (IOException e) {
            throw new InvalidInputException("Cannot open the image " + file + ": " + FileErrors.reason(e), e);
        }
    }
}
