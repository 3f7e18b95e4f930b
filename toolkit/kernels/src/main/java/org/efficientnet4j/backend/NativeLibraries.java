package org.efficientnet4j.backend;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Looks for shared libraries where the system's loader and JavaCPP would find them. */
final class NativeLibraries {
    private static final List<String> USUAL_FOLDERS = List.of(
            "/usr/local/cuda/lib64",
            "/usr/local/cuda-11/lib64",
            "/usr/local/cuda-11.6/lib64",
            "/usr/lib/x86_64-linux-gnu",
            "/usr/lib64",
            "/usr/lib",
            "/lib");

    private NativeLibraries() {}

    /** Returns whether a library can be loaded, without loading it. */
    static boolean isFound(String name) {
        // The "-redist" artifact of org.bytedeco:cuda carries the libraries in a jar.
        return NativeLibraries.class.getClassLoader().getResource("org/bytedeco/cuda/linux-x86_64/" + name) != null
                || folders().stream().anyMatch(folder -> Files.exists(folder.resolve(name)));
    }

    private static List<Path> folders() {
        List<Path> folders = new ArrayList<>();
        addPath(System.getenv("LD_LIBRARY_PATH"), folders);
        addPath(System.getProperty("java.library.path"), folders);
        USUAL_FOLDERS.forEach(folder -> folders.add(Path.of(folder)));
        addLoaderConfiguration(Path.of("/etc/ld.so.conf.d"), folders);
        return folders;
    }

    private static void addPath(String path, List<Path> folders) {
        if (path == null) {
            return;
        }
        for (String folder : path.split(File.pathSeparator, -1)) {
            if (!folder.isEmpty()) {
                folders.add(Path.of(folder));
            }
        }
    }

    /** Adds the folders that the system's loader is configured to search. */
    private static void addLoaderConfiguration(Path directory, List<Path> folders) {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.conf")) {
            for (Path file : files) {
                for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
                    if (line.startsWith("/")) {
                        folders.add(Path.of(line.strip()));
                    }
                }
            }
        } catch (IOException e) {
            // An unreadable configuration names no folder; a library in it is then reported missing, with its remedy.
            return;
        }
    }
}
