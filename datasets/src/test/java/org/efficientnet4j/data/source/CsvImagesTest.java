package org.efficientnet4j.data.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.data.DataPart;
import org.efficientnet4j.data.DataParts;
import org.efficientnet4j.data.ImageSource;
import org.efficientnet4j.data.LeftOut;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        return parts(CsvColumns.USUAL).all();
    }

    private DataParts parts(CsvColumns columns) {
        return CsvImages.open(csv, images, columns, SplitOptions.DEFAULT);
    }

    private DataParts parts(String text) throws IOException {
        Files.writeString(csv, text);
        return parts(CsvColumns.USUAL);
    }

    private static CsvColumns columns(String image, String label) {
        return new CsvColumns(Optional.of(image), Optional.of(label), Optional.empty(), false);
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
        ImageSource source = open("breed,weight,ID\r\ndog,3,1.jpg\r\n\r\n,,\r\ncat,4,sub/3.jpg\r\n");
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
        assertEquals(
                List.of("1.jpg=dog"),
                entries(parts(columns("picture", "second")).all()));
        String message = assertThrows(InvalidInputException.class, () -> parts(columns("picture", "kind")))
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
        assertTrue(message.contains("2 images missing"), message);
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
        assertTrue(assertThrows(InvalidInputException.class, () -> parts(CsvColumns.USUAL))
                .getMessage()
                .contains("UTF-8"));
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t"})
    void everySeparatorIsFound(String separator) throws IOException {
        String text = "image,label,note\n1.jpg,dog,x\n2.png,cat,y\n".replace(",", separator);
        assertEquals(List.of("1.jpg=dog", "2.png=cat"), entries(open(text)));
    }

    @Test
    void aSemicolonFileMayHoldCommas() throws IOException {
        assertEquals(
                List.of("1.jpg=dog, old", "a, b.jpg=cat"),
                entries(open("image;label\n1.jpg;dog, old\na, b.jpg;cat\n")));
    }

    @Test
    void wideTextIsRead() throws IOException {
        Files.write(csv, "\uFEFFimage\tlabel\n1.jpg\tK\u00e4fer\n".getBytes(StandardCharsets.UTF_16LE));
        assertEquals(
                List.of("1.jpg=K\u00e4fer"), entries(parts(CsvColumns.USUAL).all()));
    }

    @Test
    void aRowLongerThanTheHeaderIsRefused() throws IOException {
        String message = refusal("id,label\n1.jpg,cat\n2.png,cat,black\n");
        assertTrue(message.contains("line 3") && message.contains("found 3"), message);
        assertEquals(List.of("1.jpg=cat"), entries(open("id,label\n1.jpg,cat,,\n")));
    }

    @Test
    void anImageListedTwiceCountsOnce() throws IOException {
        DataParts parts = parts("1.jpg,dog\n2.png,cat\n./1.jpg,dog\n2,cat\n");
        assertEquals(2, parts.all().size());
        assertEquals(
                List.of("lines that repeat an image: 2 (line 3, 1.jpg, line 4, 2.png)"),
                parts.leftOut().stream().map(LeftOut::toString).toList());
        String message = refusal("1.jpg,dog\n2.png,cat\n1.jpg,cat\n");
        assertTrue(message.contains("line 1") && message.contains("line 3"), message);
        assertTrue(
                refusal("image,label,split\n1.jpg,dog,train\n1.jpg,dog,val\n").contains("1.jpg"));
    }

    @Test
    void aColumnForEachClassIsRead() throws IOException {
        ImageSource source = open("image,dog,cat,bird\n1.jpg,0,1,0\n2.png,1.0,0.0,0.0\nsub/3.jpg,0,0,1\n");
        assertEquals(List.of("dog", "cat", "bird"), source.labels());
        assertEquals(List.of("1.jpg=cat", "2.png=dog", "sub/3.jpg=bird"), entries(source));
        assertTrue(refusal("image,dog,cat\n1.jpg,1,1\n").contains("line 2"));
        assertTrue(refusal("image,dog,cat\n1.jpg,0,0\n").contains("found 0"));
        assertTrue(refusal("1.jpg,0,1\n2.png,1,0\n").contains("--label-column"));
    }

    @Test
    void severalColumnsThatMayBeTheLabelAreRefused() throws IOException {
        assertTrue(refusal("image,colour,size\n1.jpg,red,3\n").contains("--label-column"));
        assertTrue(refusal("image,species,breed\n1.jpg,dog,pug\n").contains("--label-column"));
        assertEquals(List.of("1.jpg=red"), entries(open("image,colour\n1.jpg,red\n")));
    }

    @Test
    void aSplitColumnIsRespected() throws IOException {
        DataParts parts = parts(
                "image,label,split\n1.jpg,dog,train\n2.png,cat,Train\nsub/3.jpg,cat,val\n\"a, b.jpg\",dog,test\n");
        assertEquals(List.of("1.jpg=dog", "2.png=cat"), entries(parts.part(DataPart.TRAIN)));
        assertEquals(List.of("sub/3.jpg=cat"), entries(parts.part(DataPart.VALIDATION)));
        assertEquals(List.of("a, b.jpg=dog"), entries(parts.part(DataPart.TEST)));
        assertTrue(refusal("image,label,split\n1.jpg,dog,train\n2.png,cat,3\n").contains("line 3"));
        assertEquals(List.of("1.jpg=dog"), entries(open("image,label,set\n1.jpg,dog,7\n")));
        assertEquals(
                List.of("2.png=cat"),
                entries(parts("1.jpg,dog,train\n2.png,cat,test\n").part(DataPart.TEST)));
    }

    /** Named in any way, and as fastai's tables ask (is_valid). */
    @ParameterizedTest
    @CsvSource({
        "Dataset, train, test, TEST",
        "data set, Training, valid, VALIDATION",
        "fold, train, val, VALIDATION",
        "is_valid, False, True, VALIDATION",
        "is_test, 0, 1, TEST",
        "is_train, yes, no, VALIDATION",
        "Is Train, 1, 0, VALIDATION"
    })
    void aColumnThatDividesIsRespectedWhateverItsName(String name, String train, String other, DataPart part)
            throws IOException {
        DataParts parts = parts(
                "image,label,%s%n1.jpg,dog,%s%n2.png,cat,%s%nsub/3.jpg,cat,%s%n".formatted(name, train, train, other));
        assertEquals(List.of("1.jpg=dog", "2.png=cat"), entries(parts.part(DataPart.TRAIN)));
        assertEquals(List.of("sub/3.jpg=cat"), entries(parts.part(part)));
    }

    /** A class may be called as a part is: a train beside a tram; numbers of folds say nothing of parts, and that is told. */
    @Test
    void whatMayBeSomethingElseDividesNothing() throws IOException {
        assertEquals(
                List.of("1.jpg=train", "2.png=tram"), entries(open("image,label,note\n1.jpg,train,a\n2.png,tram,b\n")));
        assertEquals(List.of("1.jpg=train", "2.png=test"), entries(open("image,kind\n1.jpg,train\n2.png,test\n")));
        assertEquals(
                List.of("1.jpg=dog", "2.png=cat"), entries(open("image,label,is_valid\n1.jpg,dog,0\n2.png,cat,0\n")));
        DataParts folds = parts("image,label,fold\n1.jpg,dog,0\n2.png,cat,1\n");
        assertTrue(
                folds.leftOut().toString().contains("columns of folds"),
                folds.leftOut().toString());
    }

    @Test
    void imagesOutsideTheFolderAreRefusedUnlessAskedFor() throws IOException {
        Files.createFile(root.resolve("secret.jpg"));
        String text = "image,label\n1.jpg,dog\n../secret.jpg,cat\n";
        assertTrue(refusal(text).contains("--allow-outside"), refusal(text));
        assertTrue(
                refusal("image,label\n" + root.resolve("secret.jpg") + ",cat\n").contains("secret.jpg"));
        open("image,label\n" + images.resolve("1.jpg").toAbsolutePath() + ",dog\n");
        Files.writeString(csv, text);
        CsvColumns outside = new CsvColumns(Optional.empty(), Optional.empty(), Optional.empty(), true);
        assertEquals(
                List.of("1.jpg=dog", "../secret.jpg=cat"),
                entries(parts(outside).all()));
    }

    @Test
    void aMissingFirstImageIsNoHeader() {
        assertTrue(refusal("gone.jpg,dog\n2.png,cat\n").contains("line 1"));
        assertTrue(refusal("0007,dog\n2,cat\n").contains("line 1"));
        assertTrue(refusal("gone,cat\n2,cat\n").contains("line 1"));
    }

    @Test
    void anIndexColumnIsNotTakenForTheImages() throws IOException {
        assertEquals(List.of("1.jpg=dog"), entries(open("id,filename,label\n0,1.jpg,dog\n")));
    }

    @Test
    void aNameOfTwoFilesIsRefused() throws IOException {
        Files.createFile(images.resolve("2.jpg"));
        assertTrue(refusal("1,dog\n2,cat\n").contains("2.png"));
    }

    @Test
    void listsImagesWithoutLabels() throws IOException {
        for (String text : List.of("id\n1\nsub/3\n", "\uFEFF1.jpg\nsub/3.jpg\n", "a;file\nx;1.jpg\ny;sub\\3.jpg\n")) {
            Files.writeString(csv, text);
            assertEquals(
                    List.of(images.resolve("1.jpg"), images.resolve("sub/3.jpg")),
                    CsvImages.files(csv, images, CsvColumns.USUAL),
                    text);
        }
        Files.writeString(csv, "gone.jpg\n1.jpg\n");
        assertThrows(InvalidInputException.class, () -> CsvImages.files(csv, images, CsvColumns.USUAL));
    }

    @Test
    void theExpressionNamesColumns() throws IOException {
        Files.writeString(csv, "pic ture,kind & more,split\n1.jpg,dog,train\n2.png,cat,val\n");
        String plain = "csv:" + csv + ":" + images;
        String named = ImageSources.withColumns(plain, columns("pic ture", "kind & more"));
        assertEquals(plain + "?image=pic%20ture&label=kind%20%26%20more", named);
        assertEquals(
                List.of("2.png=cat"),
                entries(ImageSources.open(named, SplitOptions.DEFAULT).validation()));
        assertEquals(named, ImageSources.absolute(named));
        assertEquals(plain, ImageSources.withColumns(plain, CsvColumns.USUAL));
        assertThrows(InvalidInputException.class, () -> ImageSources.withColumns("shapes", columns("a", "b")));
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
