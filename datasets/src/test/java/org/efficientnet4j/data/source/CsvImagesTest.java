package org.efficientnet4j.data.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.data.ImageSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvImagesTest {
    @TempDir
    Path root;

    private Path csv;
    private Path images;

    @BeforeEach
    void makeImages() throws IOException {
        csv = root.resolve("labels.csv");
        images = Files.createDirectories(root.resolve("images/sub")).getParent();
        for (String name : List.of("1.jpg", "2.png", "a, b.jpg", "sub/3.jpg")) {
            Files.createFile(images.resolve(name));
        }
    }

    private ImageSource open(String text) throws IOException {
        Files.writeString(csv, text);
        return CsvImages.open(csv, images);
    }

    private String refusal(String text) {
        return assertThrows(InvalidInputException.class, () -> open(text)).getMessage();
    }

    /** Each image as NAME=LABEL. */
    private List<String> entries(ImageSource source) {
        return IntStream.range(0, source.size())
                .mapToObj(i -> images.relativize(Path.of(source.id(i))) + "="
                        + source.labels().get(source.label(i)))
                .toList();
    }

    @Test
    void columnsAreFoundByTheHeader() throws IOException {
        ImageSource source = open("breed,weight,ID\r\ndog,3,1.jpg\r\n\r\ncat,4,sub/3.jpg\r\n");
        assertEquals(List.of("cat", "dog"), source.labels());
        assertEquals(List.of("1.jpg=dog", "sub/3.jpg=cat"), entries(source));
    }

    @Test
    void aFileWithoutHeaderHasImageAndLabel() throws IOException {
        assertEquals(List.of("1.jpg=dog", "2.png=cat"), entries(open("1.jpg,dog\n2.png,cat")));
    }

    @Test
    void aHeaderOfOtherNamesIsToldByTheMissingFile() throws IOException {
        assertEquals(List.of("1.jpg=dog"), entries(open("foto,sorte\n1.jpg,dog\n")));
    }

    @Test
    void columnsMayBeNamed() throws IOException {
        Files.writeString(csv, "label,second,picture\nx,dog,1.jpg\n");
        assertEquals(List.of("1.jpg=dog"), entries(CsvImages.open(csv, images, "picture", "second")));
        String message = assertThrows(InvalidInputException.class, () -> CsvImages.open(csv, images, "picture", "kind"))
                .getMessage();
        assertTrue(message.contains("\"kind\"") && message.contains("picture"), message);
    }

    @Test
    void quotedFieldsHoldCommasQuotesAndBreaks() throws IOException {
        ImageSource source = open("\uFEFFimage,label\n\"a, b.jpg\" , \"a \"\"big\"\" dog,\nold\"\n1.jpg,cat\n");
        assertEquals(List.of("a, b.jpg=a \"big\" dog,\nold", "1.jpg=cat"), entries(source));
    }

    @Test
    void namesMayLackTheirExtension() throws IOException {
        assertEquals(List.of("1.jpg=dog", "2.png=cat"), entries(open("id,label\n1,dog\n2,cat\n")));
    }

    @Test
    void numbersSortAsNumbers() throws IOException {
        ImageSource source = open("1.jpg,10\n2.png,9\nsub/3.jpg,-1\n");
        assertEquals(List.of("-1", "9", "10"), source.labels());
    }

    @Test
    void missingImagesAreNamedWithTheirLines() {
        String message = refusal("image,label\n1.jpg,dog\n\ngone.jpg,cat\n2.png,cat\nlost.png,dog\n");
        assertTrue(message.contains("2 images"), message);
        assertTrue(message.contains("line 4 \"gone.jpg\"") && message.contains("line 6 \"lost.png\""), message);
    }

    @Test
    void malformedLinesAreNamed() throws IOException {
        assertTrue(refusal("1.jpg,dog\n2.png\n").contains("line 2"));
        assertTrue(refusal("1.jpg,dog\n2.png,\"cat\n").contains("line 2"));
        assertTrue(refusal("1.jpg,dog\n2.png,\"cat\" x\n").contains("line 2"));
        assertTrue(refusal("").contains("empty"));
        assertTrue(refusal("image,label\n").contains("no images"));
        Files.write(csv, "1.jpg,K\u00e4fer".getBytes(StandardCharsets.ISO_8859_1));
        assertTrue(assertThrows(InvalidInputException.class, () -> CsvImages.open(csv, images))
                .getMessage()
                .contains("UTF-8"));
    }

    @Test
    void theExpressionNamesFileAndFolder() throws IOException {
        open("1.jpg,dog\n2.png,dog\n");
        assertEquals(
                1,
                ImageSources.open("csv:" + csv + ":" + images, SplitOptions.DEFAULT)
                        .train()
                        .size());
        String message = assertThrows(
                        InvalidInputException.class,
                        () -> ImageSources.open("csv:" + csv + "x:" + images, SplitOptions.DEFAULT))
                .getMessage();
        assertTrue(message.contains("csv:FILE:DIR"), message);
    }
}
