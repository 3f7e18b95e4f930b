package org.efficientnet4j.core.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Formats told by a file's first bytes, so that a file can be named as what it is, whatever it is called. */
public enum FileKind {
    /** A zip file; PyTorch's checkpoints, Keras's archives and model files are such. */
    ZIP,
    /** HDF5, as Keras writes. */
    HDF5,
    /** A safetensors file. */
    SAFETENSORS,
    /** A pickle of protocol 2 or later; PyTorch's checkpoints before 1.6 are such. */
    PICKLE,
    /** Something else. */
    OTHER;

    /** The description of a file that begins as no known format. */
    public static final String UNKNOWN = "its format is not known";

    private static final int LOOKED_AT = 1024;
    private static final byte[] HDF5_SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
    private static final Pattern LFS_SIZE = Pattern.compile("\\nsize (\\d{1,18})\\b");

    /**
     * The format of a file.
     *
     * @throws IOException if it cannot be read
     */
    public static FileKind of(Path file) throws IOException {
        byte[] start = start(file);
        if (begins(start, 'P', 'K', 3, 4) || begins(start, 'P', 'K', 5, 6)) {
            return ZIP;
        }
        for (int at = 0; at < start.length; at = at == 0 ? 512 : 2 * at) {
            if (start.length >= at + 8 && Arrays.equals(HDF5_SIGNATURE, 0, 8, start, at, at + 8)) {
                return HDF5;
            }
        }
        if (start.length > 8 && start[8] == '{' && start[6] == 0 && start[7] == 0) {
            return SAFETENSORS;
        }
        return begins(start, 0x80) && start.length > 1 && start[1] >= 2 && start[1] <= 5 ? PICKLE : OTHER;
    }

    /**
     * Says what a file that cannot be used seems to be, and what to do about it, as the end of a sentence: a Git-LFS pointer,
     * a web page, a picture and so on.
     *
     * @throws IOException if it cannot be read
     */
    public static String describe(Path file) throws IOException {
        byte[] start = start(file);
        if (start.length == 0) {
            return "it is empty; fetch it again";
        }
        String text = new String(start, StandardCharsets.ISO_8859_1);
        String opening = text.stripLeading().toLowerCase(Locale.ROOT);
        if (text.startsWith("version https://git-lfs.github.com/spec/")) {
            return "it is a Git-LFS pointer, a note of a few lines in place of the file" + lfsSize(text)
                    + "; run git lfs pull in its repository, or download the file itself";
        }
        if (opening.startsWith("<!doctype html") || opening.startsWith("<html") || opening.startsWith("<head")) {
            return "it is an HTML page; take the address of the download instead of the page about it, and sign in where"
                    + " that is needed";
        }
        if (isZero(start)) {
            return "it begins with zeros, as a download that was not completed; fetch it again";
        }
        return known(start, text)
                .or(() -> isText(start)
                        ? Optional.of("it is a text that begins with '" + firstLine(text) + "'")
                        : Optional.empty())
                .orElse(UNKNOWN);
    }

    private static Optional<String> known(byte[] start, String text) {
        String name = null;
        if (begins(start, 0x1f, 0x8b)) {
            name = "gzip-compressed; unpack it by gunzip or tar -xzf";
        } else if (begins(start, 0x28, 0xb5, 0x2f, 0xfd)) {
            name = "zstd-compressed; unpack it by zstd -d";
        } else if (begins(start, 0xfd, '7', 'z', 'X', 'Z')) {
            name = "xz-compressed; unpack it by xz -d";
        } else if (text.startsWith("BZh")) {
            name = "bzip2-compressed; unpack it by bunzip2";
        } else if (begins(start, '7', 'z', 0xbc, 0xaf)) {
            name = "a 7z archive; unpack it first";
        } else if (text.startsWith("Rar!")) {
            name = "a RAR archive; unpack it first";
        } else if (text.startsWith("ustar", 257)) {
            name = "a tar archive; unpack it by tar -xf";
        } else if (begins(start, 0x89, 'P', 'N', 'G') || begins(start, 0xff, 0xd8, 0xff)) {
            name = "a picture";
        } else if (text.startsWith("%PDF")) {
            name = "a PDF document";
        } else if (text.startsWith("TFL3", 4)) {
            name = "a TensorFlow Lite model";
        } else if (begins(start, 0x93, 'N', 'U', 'M', 'P', 'Y')) {
            name = "a NumPy array (.npy)";
        } else if (begins(start, 'P', 'K', 3, 4)) {
            name = "a zip file";
        } else if (begins(start, HDF5_SIGNATURE[0] & 0xff, 'H', 'D', 'F')) {
            name = "an HDF5 file";
        }
        return Optional.ofNullable(name).map(what -> "it is " + what);
    }

    private static String lfsSize(String text) {
        Matcher size = LFS_SIZE.matcher(text);
        return size.find() ? String.format(Locale.ROOT, " of %,d bytes", Long.parseLong(size.group(1))) : "";
    }

    private static byte[] start(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(LOOKED_AT);
        }
    }

    private static boolean begins(byte[] start, int... expected) {
        if (start.length < expected.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if (Byte.toUnsignedInt(start[i]) != expected[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isZero(byte[] start) {
        for (byte each : start) {
            if (each != 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isText(byte[] start) {
        for (byte each : start) {
            if (each >= 0 && each < ' ' && each != '\n' && each != '\r' && each != '\t') {
                return false;
            }
        }
        return true;
    }

    private static String firstLine(String text) {
        String line = text.strip().lines().findFirst().orElse("");
        return line.length() > 60 ? line.substring(0, 60) + "..." : line;
    }
}
