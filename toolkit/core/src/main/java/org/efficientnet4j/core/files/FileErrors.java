package org.efficientnet4j.core.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.Numbers;

/** Turns what the file system says into what a user can act on. */
public final class FileErrors {
    private FileErrors() {}

    /** The reason alone: the JDK's messages often are nothing but the path. */
    public static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "a file of that name is in the way";
        }
        if (e instanceof FileSystemException failure && failure.getReason() != null) {
            return failure.getReason();
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /** A failed write, with the space that is left where it failed. */
    public static InvalidInputException cannotWrite(Path path, IOException cause) {
        return new InvalidInputException(
                "Cannot write " + path + ": " + reason(cause) + " (" + freeSpace(path)
                        + "). Free some space or make the directory writable, or choose another --out",
                cause);
    }

    private static String freeSpace(Path path) {
        for (Path place = path.toAbsolutePath(); place != null; place = place.getParent()) {
            if (Files.exists(place)) {
                try {
                    return Numbers.grouped(Files.getFileStore(place).getUsableSpace()) + " bytes free on its disk";
                } catch (IOException e) {
                    return "free space unknown: " + reason(e);
                }
            }
        }
        return "no existing parent directory";
    }
}
