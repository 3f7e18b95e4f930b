package org.efficientnet4j.core.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileKindTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PK\\3\\4rest                                             | ZIP
            \\211HDF\\r\\n\\32\\n                                    | HDF5
            \\100\\0\\0\\0\\0\\0\\0\\0{"a":{}}                       | SAFETENSORS
            \\200\\2]q\\0.                                           | PICKLE
            hello                                                    | OTHER
            """)
    void tellsFormatsByTheirFirstBytes(String content, FileKind expected) throws IOException {
        assertEquals(expected, FileKind.of(write(content)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            version https://git-lfs.github.com/spec/v1\\noid sha256:4d7a\\nsize 21355344\\n | a Git-LFS pointer, a note of a few lines in place of the file of 21,355,344 bytes; run git lfs pull
            \\n<!DOCTYPE html><html><head>                           | it is an HTML page
            <html lang="en">                                         | it is an HTML page
            {"error": "Repository not found"}                        | it is a text that begins with '{"error": "Repository not found"}'
            Entry not found                                          | it is a text that begins with 'Entry not found'
            \\37\\213\\10\\0                                         | gzip-compressed
            \\211PNG\\r\\n\\32\\n                                    | a picture
            \\0\\0\\0\\0                                             | it begins with zeros
            \\1\\2\\3\\4                                             | its format is not known
            """)
    void namesWhatAFileIs(String content, String expected) throws IOException {
        String description = FileKind.describe(write(content));
        assertTrue(description.contains(expected), description);
    }

    @Test
    void namesAnEmptyFile() throws IOException {
        assertTrue(FileKind.describe(write("")).contains("it is empty"));
    }

    private Path write(String escaped) throws IOException {
        return Files.write(folder.resolve("file"), escaped.translateEscapes().getBytes(StandardCharsets.ISO_8859_1));
    }
}
