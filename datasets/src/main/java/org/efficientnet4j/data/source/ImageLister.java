package org.efficientnet4j.data.source;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.files.FileErrors;
import org.efficientnet4j.data.LeftOut;
import org.efficientnet4j.data.decode.ImageDecoder;

/**
 * The image files below a folder, by the one rule that every command goes by: nested folders and links are followed, names
 * are told by {@link ImageDecoder#isImageName}, hidden files and folders (and what macOS adds to archives) are passed
 * over, links without a target and links back to a folder above are left out and named.
 */
public final class ImageLister {
    /** The reason for leaving out a link to a folder that it lies in, behind which other classes would come again. */
    static final String UPWARDS = "links back to a folder above";

    private ImageLister() {}

    /**
     * An image file.
     *
     * @param file its path
     * @param key its path below the data folder, with {@code /} between its parts
     * @param bytes its size
     */
    public record ListedImage(Path file, String key, long bytes) {
        /** Checks that path and key are there. */
        public ListedImage {
            Objects.requireNonNull(file, "file");
            Objects.requireNonNull(key, "key");
        }
    }

    /**
     * The files below a folder.
     *
     * @param images the images, sorted by their key
     * @param leftOut the other files, by reason
     */
    public record Listing(List<ListedImage> images, List<LeftOut> leftOut) {
        /** Copies the lists. */
        public Listing {
            images = List.copyOf(images);
            leftOut = List.copyOf(leftOut);
        }
    }

    /**
     * Lists a folder.
     *
     * @param folder the folder
     * @return its images and what is left out
     * @throws InvalidInputException if it is no folder, or cannot be listed
     */
    public static Listing below(Path folder) {
        LeftOut.Tally leftOut = new LeftOut.Tally();
        List<ListedImage> images = below(folder, folder, Integer.MAX_VALUE, leftOut);
        return new Listing(images, leftOut.all());
    }

    /**
     * Tells whether a folder has sub-folders that may hold images.
     *
     * @param folder an existing folder
     * @return true if one of its sub-folders is not hidden
     * @throws InvalidInputException if it cannot be listed
     */
    public static boolean hasFolders(Path folder) {
        return children(folder).stream().anyMatch(child -> Files.isDirectory(child) && !isHidden(child));
    }

    /** The entries of a folder, sorted by name. */
    static List<Path> children(Path folder) {
        try (var entries = Files.list(folder)) {
            return entries.sorted(Comparator.comparing(ImageLister::nameOf)).toList();
        } catch (IOException e) {
            throw cannotList(folder, e);
        }
    }

    /**
     * The images below a folder.
     *
     * @param root the data folder, which keys are relative to
     * @param depth how many levels of folders to descend, 1 for the folder's own files
     * @param leftOut told of every file passed over
     */
    static List<ListedImage> below(Path root, Path folder, int depth, LeftOut.Tally leftOut) {
        if (!Files.isDirectory(folder)) {
            throw new InvalidInputException("The images must lie in a folder, found "
                    + (Files.exists(folder) ? "the file " : "nothing at ") + folder + ": check the path");
        }
        Visitor visitor = new Visitor(root, folder, leftOut);
        try {
            Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), depth, visitor);
        } catch (IOException e) {
            throw cannotList(folder, e);
        }
        visitor.images.sort(Comparator.comparing(ListedImage::key));
        return visitor.images;
    }

    private static InvalidInputException cannotList(Path folder, IOException e) {
        return new InvalidInputException(
                "Cannot list the data folder " + folder + ": " + FileErrors.reason(e) + ". Check its permissions", e);
    }

    /** Dot files, and what macOS adds to the archives it writes. */
    static boolean isHidden(Path path) {
        String name = nameOf(path);
        return name.startsWith(".") || name.equals("__MACOSX");
    }

    /** Tells whether a folder is a link to one that it lies in. */
    static boolean leadsUpwards(Path folder) throws IOException {
        Path parent = folder.toAbsolutePath().getParent();
        return parent != null
                && Files.isSymbolicLink(folder)
                && parent.toRealPath().startsWith(folder.toRealPath());
    }

    static String nameOf(Path path) {
        return String.valueOf(path.getFileName());
    }

    /** A path below a folder with slashes on every system. */
    static String key(Path root, Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }

    /** Sorts files into images and those left out. */
    private static final class Visitor extends SimpleFileVisitor<Path> {
        private final Path root;
        private final Path start;
        private final LeftOut.Tally leftOut;
        private final List<ListedImage> images = new ArrayList<>();

        Visitor(Path root, Path start, LeftOut.Tally leftOut) {
            this.root = root;
            this.start = start;
            this.leftOut = leftOut;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            if (folder.equals(start)) {
                return FileVisitResult.CONTINUE;
            }
            if (isHidden(folder)) {
                leftOut.addExpected("hidden folders", key(root, folder));
                return FileVisitResult.SKIP_SUBTREE;
            }
            if (leadsUpwards(folder)) {
                leftOut.add(UPWARDS, key(root, folder));
                return FileVisitResult.SKIP_SUBTREE;
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String key = key(root, file);
            if (isHidden(file)) {
                leftOut.addExpected("hidden files", key);
            } else if (attributes.isSymbolicLink()) {
                // Links are followed, so that one that shows up as a link has no target.
                leftOut.add("broken links", key);
            } else if (attributes.isDirectory()) {
                return FileVisitResult.CONTINUE; // at the depth where the walk ends
            } else if (!ImageDecoder.isImageName(file)) {
                leftOut.addExpected("files without an image's extension", key);
            } else if (!attributes.isRegularFile()) {
                leftOut.add("devices and pipes", key);
            } else {
                images.add(new ListedImage(file, key, attributes.size()));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (file.equals(start)) {
                throw failure;
            }
            leftOut.add(
                    failure instanceof FileSystemLoopException ? UPWARDS : "files and folders that cannot be opened",
                    key(root, file));
            return FileVisitResult.CONTINUE;
        }
    }
}
