package org.efficientnet4j.data.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveExtractorTest {
    private static final byte[] TEXT = "twelve bytes".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path root;

    private Path tar(String... names) throws IOException {
        Path archive = root.resolve("a.tar.gz");
        try (TarArchiveOutputStream out =
                new TarArchiveOutputStream(new GZIPOutputStream(Files.newOutputStream(archive)))) {
            for (String name : names) {
                TarArchiveEntry entry = new TarArchiveEntry(name, true);
                entry.setSize(TEXT.length);
                out.putArchiveEntry(entry);
                out.write(TEXT);
                out.closeArchiveEntry();
            }
        }
        return archive;
    }

    private Path zip(String... names) throws IOException {
        Path archive = root.resolve("a.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(archive))) {
            for (String name : names) {
                out.putNextEntry(new ZipEntry(name));
                out.write(TEXT);
                out.closeEntry();
            }
        }
        return archive;
    }

    private void extract(Path archive) throws IOException {
        new ArchiveExtractor(new ExtractionLimits(3, 30)).extract(archive, root.resolve("out"));
    }

    private String refusal(Path archive) throws IOException {
        String message = assertThrows(IOException.class, () -> extract(archive)).getMessage();
        try (Stream<Path> left = Files.list(root)) {
            assertEquals(1, left.count(), "only the archive is left");
        }
        return message;
    }

    @Test
    void unfoldsTarAndZip() throws IOException {
        for (Path archive : new Path[] {tar("a/b/c.txt", "d.txt"), zip("a/b/c.txt", "d.txt")}) {
            Path out = root.resolve("out");
            extract(archive);
            assertEquals("twelve bytes", Files.readString(out.resolve("a/b/c.txt")));
            assertEquals("twelve bytes", Files.readString(out.resolve("d.txt")));
            assertTrue(assertThrows(IOException.class, () -> extract(archive))
                    .getMessage()
                    .contains("must not exist yet"));
            Files.move(out, root.resolve("out-of-" + archive.getFileName()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil.txt", "a/../../evil.txt", "/evil.txt", "..\\evil.txt"})
    void namesThatLeadOutsideAreRefused(String name) throws IOException {
        assertTrue(refusal(tar("fine.txt", name)).contains("outside"));
        Files.delete(root.resolve("a.tar.gz"));
        assertTrue(refusal(zip("fine.txt", name)).contains("outside"));
        assertFalse(Files.exists(root.resolve("evil.txt")) || Files.exists(root.resolveSibling("evil.txt")));
    }

    @Test
    void linksAreRefused() throws IOException {
        for (byte kind : new byte[] {TarConstants.LF_SYMLINK, TarConstants.LF_LINK}) {
            Path archive = root.resolve("a.tar");
            try (TarArchiveOutputStream out = new TarArchiveOutputStream(Files.newOutputStream(archive))) {
                TarArchiveEntry link = new TarArchiveEntry("link", kind);
                link.setLinkName("/etc");
                out.putArchiveEntry(link);
                out.closeArchiveEntry();
            }
            assertTrue(refusal(archive).contains("a link"));
        }
    }

    @Test
    void tooMuchIsRefused() throws IOException {
        assertTrue(refusal(tar("1", "2", "3")).contains("more than the allowed 30 bytes"));
        Files.delete(root.resolve("a.tar.gz"));
        assertTrue(refusal(zip("1/", "2/", "3/", "4/")).contains("3 entries"));
    }

    @Test
    void damagedOrForeignArchivesAreRefused() throws IOException {
        Path archive = tar("a.txt");
        byte[] whole = Files.readAllBytes(archive);
        Files.write(archive, Arrays.copyOf(whole, whole.length / 2));
        refusal(archive);
        Files.delete(archive);
        assertTrue(refusal(Files.writeString(root.resolve("x.rar"), "?")).contains(".tar.gz"));
        Files.delete(root.resolve("x.rar"));
        assertTrue(
                refusal(Files.writeString(root.resolve("x.zip"), "no archive")).contains("holds nothing"));
    }
}
