package org.efficientnet4j.data.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.download.DownloadProgress;
import org.efficientnet4j.data.DataSplits;
import org.efficientnet4j.data.ImageSource;
import org.efficientnet4j.data.SharedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassFoldersTest {
    @TempDir
    Path root;

    /** Makes empty files: listing looks at names only. */
    private void files(String... names) throws IOException {
        for (String name : names) {
            Path file = root.resolve(name);
            Files.createDirectories(file.getParent());
            Files.createFile(file);
        }
    }

    private DataSplits open() {
        return ImageSources.open(root.toString(), SplitOptions.DEFAULT);
    }

    private List<String> ids(ImageSource source) {
        return IntStream.range(0, source.size())
                .mapToObj(i -> root.relativize(Path.of(source.id(i))).toString())
                .toList();
    }

    private String refusal() {
        return assertThrows(InvalidInputException.class, this::open).getMessage();
    }

    @Test
    void classesAreSortedAndImagesMayBeNested() throws IOException {
        files("dog/b.jpg", "dog/deep/er/a.PNG", "cat/1.jpeg", "cat/2.jpg");
        ImageSource all = ImageSources.openUndivided(root.toString(), SplitOptions.DEFAULT, DownloadProgress.SILENT);
        assertEquals(List.of("cat", "dog"), all.labels());
        assertEquals(List.of("cat/1.jpeg", "cat/2.jpg", "dog/b.jpg", "dog/deep/er/a.PNG"), ids(all));
        assertEquals(
                List.of(0, 0, 1, 1), IntStream.range(0, 4).mapToObj(all::label).toList());
    }

    @Test
    void hiddenAndForeignFilesArePassedOver() throws IOException {
        files(
                "a/1.jpg",
                "a/2.jpg",
                "a/.3.jpg",
                "a/notes.txt",
                "a/.trash/4.jpg",
                ".git/5.jpg",
                "__MACOSX/6.jpg",
                "b/7.jpg");
        DataSplits splits = open();
        assertEquals(List.of("a", "b"), splits.train().labels());
        assertEquals(3, splits.train().size() + splits.validation().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"val", "validation", "valid", "test"})
    void aHeldOutFolderIsUsed(String name) throws IOException {
        files("train/a/1.jpg", "train/b/2.jpg", name + "/a/3.jpg", name + "/b/4.jpg", name + "/b/5.jpg");
        DataSplits splits = open();
        assertEquals(List.of("train/a/1.jpg", "train/b/2.jpg"), ids(splits.train()));
        assertEquals(List.of(name + "/a/3.jpg", name + "/b/4.jpg", name + "/b/5.jpg"), ids(splits.validation()));
    }

    @Test
    void valIsPreferredToTest() throws IOException {
        files("train/a/1.jpg", "train/b/2.jpg", "val/a/3.jpg", "test/a/4.jpg");
        assertEquals(List.of("val/a/3.jpg"), ids(open().validation()));
        assertEquals(List.of("a", "b"), open().validation().labels());
    }

    @Test
    void aTrainFolderAloneIsDivided() throws IOException {
        files("train/a/1.jpg", "train/a/2.jpg", "train/b/3.jpg", "train/b/4.jpg");
        assertEquals(2, open().train().size());
        assertEquals(2, open().validation().size());
    }

    @Test
    void aClassMayBeCalledTrain() throws IOException {
        files("bus/1.jpg", "bus/2.jpg", "train/3.jpg", "train/4.jpg");
        assertEquals(List.of("bus", "train"), open().train().labels());
    }

    @Test
    void missingFolderIsNamedWithTheLayout() {
        String message = assertThrows(
                        InvalidInputException.class,
                        () -> ImageSources.open(root.resolve("gone").toString(), SplitOptions.DEFAULT))
                .getMessage();
        assertTrue(message.contains(root.resolve("gone") + " does not exist"), message);
        assertTrue(message.contains("one sub-folder of images for each class"), message);
    }

    @Test
    void emptyFolderAndClassWithoutImagesAreNamed() throws IOException {
        assertTrue(refusal().contains(root + " has no class folders"), refusal());
        files("cat/1.jpg", "dog/readme.txt");
        assertTrue(refusal().contains(root.resolve("dog") + " holds no images"), refusal());
        assertTrue(refusal().contains("remove it"), refusal());
    }

    @Test
    void aHeldOutClassUnknownToTrainingIsNamed() throws IOException {
        files("train/a/1.jpg", "val/a/2.jpg", "val/c/3.jpg");
        assertTrue(refusal().contains("\"c\""), refusal());
    }

    @Test
    void aFileInsteadOfAFolderIsNamed() throws IOException {
        files("photo.jpg");
        String message = assertThrows(
                        InvalidInputException.class,
                        () -> ImageSources.open(root.resolve("photo.jpg").toString(), SplitOptions.DEFAULT))
                .getMessage();
        assertTrue(message.contains("is a file"), message);
    }

    @Test
    void splitsAreStratifiedSeededAndDisjoint() throws IOException {
        for (int i = 0; i < 20; i++) {
            files("many/%02d.jpg".formatted(i));
        }
        files("few/1.jpg", "few/2.jpg", "single/1.jpg");
        DataSplits splits = open();
        assertEquals(Map.of("many", 16, "few", 1, "single", 1), counts(splits.train()));
        assertEquals(Map.of("many", 4, "few", 1), counts(splits.validation()));
        assertTrue(ids(splits.train()).stream().noneMatch(ids(splits.validation())::contains));
        assertEquals(ids(splits.validation()), ids(open().validation()));
        DataSplits other = ImageSources.open(root.toString(), SplitOptions.DEFAULT.withSeed(1));
        assertTrue(!ids(splits.validation()).equals(ids(other.validation())));
    }

    private static Map<String, Integer> counts(ImageSource source) {
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < source.size(); i++) {
            counts.merge(source.labels().get(source.label(i)), 1, Integer::sum);
        }
        return counts;
    }

    @Test
    void nothingToHoldOutIsSaid() throws IOException {
        files("a/1.jpg", "b/2.jpg");
        assertTrue(refusal().contains("two or more"), refusal());
    }

    @Test
    void realFoldersKeepTheirDivision() {
        DataSplits splits = ImageSources.open(SharedData.require("cats-dogs").toString(), SplitOptions.DEFAULT);
        assertEquals(Map.of("cat", 300, "dog", 300), counts(splits.train()));
        assertEquals(Map.of("cat", 100, "dog", 100), counts(splits.validation()));
    }
}
