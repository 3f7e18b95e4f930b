package org.efficientnet4j.train.run;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.files.FileErrors;

/**
 * The exclusive right of a process to write a run directory: the operating system's lock of {@code run.lock}, which names
 * the owner. The system gives the lock of a process that died back, so that the next one takes it over.
 *
 * <p>Closing any other channel of the file gives up a process's POSIX lock. So a process never opens the file that it has
 * locked a second time: it knows its own locks, and looks at the file's attributes instead of its content.
 */
public final class RunLock implements AutoCloseable {
    private static final int ATTEMPTS = 10;

    /** The files that this process has locked. */
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;
    private final Identity identity;

    private RunLock(Path file, FileChannel channel, Identity identity) {
        this.file = file;
        this.channel = channel;
        this.identity = identity;
    }

    /**
     * A file as distinct from others that may come to stand in its place.
     *
     * @param key the file system's, which it may give to another file once this one is deleted
     * @param written last time its content was written
     */
    private record Identity(Object key, FileTime written) {
        static Optional<Identity> of(Path file) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                return Optional.of(new Identity(attributes.fileKey(), attributes.lastModifiedTime()));
            } catch (IOException e) {
                return Optional.empty();
            }
        }
    }

    /**
     * Takes the lock.
     *
     * @throws InvalidInputException if another process has it, which is named, or the directory can't be written
     */
    public static RunLock acquire(Path lockFile) {
        Path file = lockFile.toAbsolutePath().normalize();
        if (!OURS.add(file)) {
            throw inUse(file, Optional.of(describe()));
        }
        try {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                RunLock lock = attempt(file);
                // An owner that ends deletes the file: a lock of a deleted file excludes nobody.
                if (lock.isHeld()) {
                    return lock;
                }
                lock.channel.close();
            }
            throw inUse(file, content(file));
        } catch (NoSuchFileException e) {
            OURS.remove(file);
            throw new InvalidInputException("There is no run directory " + file.getParent() + ": check --out", e);
        } catch (IOException e) {
            OURS.remove(file);
            throw FileErrors.cannotWrite(file, e);
        } catch (RuntimeException e) {
            OURS.remove(file);
            throw e;
        }
    }

    /**
     * Makes sure that nobody writes the directory.
     *
     * @throws InvalidInputException if somebody does
     */
    public static void requireFree(Path lockFile) {
        if (Files.exists(lockFile)) {
            acquire(lockFile).close();
        }
    }

    @SuppressWarnings("resource") // the lock that is returned closes its channel
    private static RunLock attempt(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (channel.tryLock() == null) {
            channel.close();
            throw inUse(file, content(file));
        }
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(describe().getBytes(StandardCharsets.UTF_8)));
        channel.force(true);
        return new RunLock(file, channel, Identity.of(file).orElse(new Identity(null, FileTime.fromMillis(0))));
    }

    private static String describe() {
        ProcessHandle process = ProcessHandle.current();
        Instant start = process.info().startInstant().orElseGet(Instant::now);
        return "process " + process.pid() + " on " + host() + ", started " + start.truncatedTo(ChronoUnit.SECONDS);
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "a host without a name";
        }
    }

    private static InvalidInputException inUse(Path file, Optional<String> owner) {
        return new InvalidInputException("The run in " + file.getParent() + " is being written by "
                + owner.orElse("another process") + ": wait until it has ended, stop it, or choose another --out");
    }

    /** The owner as the file names it; only for files that this process has not locked. */
    private static Optional<String> content(Path file) {
        try {
            return Optional.of(Files.readString(file)).filter(text -> !text.isBlank());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private boolean isHeld() {
        return Identity.of(file).filter(identity::equals).isPresent();
    }

    /**
     * Makes sure that the directory is still the one that the run began in.
     *
     * @throws InvalidInputException if it was deleted, moved, or replaced by another run's
     */
    public void requireHeld() {
        if (!isHeld()) {
            Path directory = file.getParent();
            String cause = Files.exists(directory) ? "is another run's now" : "was deleted or moved";
            throw new InvalidInputException("The run directory " + directory + " " + cause
                    + " while the run was going on: nothing more is written, the run ends here");
        }
    }

    /** Gives the lock back. */
    @Override
    public void close() {
        try (channel) {
            if (isHeld()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw FileErrors.cannotWrite(file, e);
        } finally {
            OURS.remove(file);
        }
    }
}
