package org.efficientnet4j.core.files;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.efficientnet4j.core.InvalidInputException;

/** Writes files that are either wholly there or as they were before, whatever happens in between. */
public final class AtomicFiles {
    private AtomicFiles() {}

    /** Writer of the file's content. */
    @FunctionalInterface
    public interface Content {
        /**
         * Writes all of it.
         *
         * @param out the file; closing it may be left out
         * @throws IOException if that fails
         */
        void writeTo(OutputStream out) throws IOException;
    }

    /** Writer that also seeks backwards in the file. */
    @FunctionalInterface
    public interface ChannelContent {
        /**
         * Writes all of it.
         *
         * @param channel the file, empty; stays open
         * @throws IOException if that fails
         */
        void writeTo(FileChannel channel) throws IOException;
    }

    /**
     * Writes a file beside its place, forces it to the disk and moves it over.
     *
     * @throws InvalidInputException if that fails, naming the path and the space left; an older file stays as it was
     */
    public static void write(Path file, Content content) {
        writeChannel(file, channel -> {
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
            content.writeTo(new Unclosable(out));
            out.flush();
        });
    }

    /** Does the same for a text, in UTF-8. */
    public static void writeText(Path file, String text) {
        write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Does the same for content that needs more than a stream. */
    public static void writeChannel(Path file, ChannelContent content) {
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            writeAndForce(temporary, content);
            move(temporary, file);
        } catch (IOException e) {
            InvalidInputException failure = FileErrors.cannotWrite(file, e);
            deleteQuietly(temporary, failure);
            throw failure;
        } catch (RuntimeException e) {
            deleteQuietly(temporary, e);
            throw e;
        }
    }

    private static void writeAndForce(Path file, ChannelContent content) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            content.writeTo(channel);
            channel.force(true);
        }
    }

    /**
     * Moves a file to a place where another may be, in one step where the file system can.
     *
     * @param from a whole file
     * @param to its place, on the same file system for one step
     * @throws IOException if that fails; the other file stays as it was
     */
    public static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void deleteQuietly(Path file, RuntimeException failure) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /** Keeps a zip stream's close from closing the file before it is forced to the disk. */
    private static final class Unclosable extends FilterOutputStream {
        Unclosable(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
