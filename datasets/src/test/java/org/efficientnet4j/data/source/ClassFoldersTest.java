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
import org.efficientnet4j.data.DataPart;
import org.efficientnet4j.data.DataParts;
import org.efficientnet4j.data.DataSplits;
import org.efficientnet4j.data.ImageSource;
import org.efficientnet4j.data.LeftOut;
import org.efficientnet4j.data.SharedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    private DataParts parts() {
        return ImageSources.parts(root.toString(), SplitOptions.DEFAULT, DownloadProgress.SILENT);
    }

    private List<String> leftOut() {
        return parts().leftOut().stream().map(LeftOut::toString).toList();
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
        ImageSource all = parts().all();
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
        assertEquals(
                List.of(
                        "hidden folders: 3 (.git, __MACOSX, a/.trash)",
                        "hidden files: 1 (a/.3.jpg)",
                        "files without an image's extension: 1 (a/notes.txt)"),
                leftOut());
    }

    @ParameterizedTest
    @ValueSource(strings = {"val", "validation", "valid", "test", "Val", "TEST", "dev", "Testing"})
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

    @ParameterizedTest
    @ValueSource(strings = {"Train", "TRAIN", "training", "Training"})
    void aTrainFolderIsFoundInEverySpelling(String name) throws IOException {
        files(name + "/a/1.jpg", name + "/b/2.jpg", "Val/a/3.jpg", "Val/b/4.jpg");
        assertEquals(List.of("a", "b"), open().train().labels());
        assertEquals(List.of(name + "/a/1.jpg", name + "/b/2.jpg"), ids(open().train()));
        assertEquals(List.of("Val/a/3.jpg", "Val/b/4.jpg"), ids(open().validation()));
    }

    @Test
    void everyPartIsThereToBeJudged() throws IOException {
        files("train/a/1.jpg", "train/b/2.jpg", "val/a/3.jpg", "test/a/4.jpg", "test/b/5.jpg");
        assertEquals(List.of("test/a/4.jpg", "test/b/5.jpg"), ids(parts().part(DataPart.TEST)));
        assertEquals(5, parts().all().size());
        assertEquals(DataPart.VALIDATION, parts().unseen());
    }

    @Test
    void aTestFolderAloneCanBeJudged() throws IOException {
        files("test/a/1.jpg", "test/b/2.jpg");
        assertEquals(DataPart.TEST, parts().unseen());
        assertEquals(List.of("a", "b"), parts().all().labels());
        assertTrue(refusal().contains("train"), refusal());
    }

    @Test
    void anUndividedFolderIsJudgedWhole() throws IOException {
        files("a/1.jpg", "b/2.jpg");
        assertEquals(DataPart.ALL, parts().unseen());
        assertEquals(2, parts().part(DataPart.ALL).size());
        String message = assertThrows(InvalidInputException.class, () -> parts().part(DataPart.TEST))
                .getMessage();
        assertTrue(message.contains("no test part"), message);
    }

    @ParameterizedTest
    @CsvSource({
        "train_set/a, val_set/a",
        "01-train/a, 02-test/a",
        "TrainImages/a, TestImages/a",
        "train, test",
        "train_images, test_images",
        "Train, Val"
    })
    void foldersThatLookLikePartsAreNoClasses(String one, String other) throws IOException {
        files(one + "/1.jpg", one + "/2.jpg", other + "/3.jpg", other + "/4.jpg");
        assertTrue(refusal().contains("look like parts"), refusal());
    }

    @ParameterizedTest
    @CsvSource({"fold1, fold2", "Fold_0, Fold_1", "split-1, split-2", "set 01, set 02", "k1, k10"})
    void numberedFoldsAreNoClasses(String one, String other) throws IOException {
        files(one + "/a/1.jpg", one + "/b/2.jpg", other + "/a/3.jpg", other + "/b/4.jpg");
        assertTrue(refusal().contains("which look like folds, each with the class folders a, b"), refusal());
    }

    @ParameterizedTest
    @CsvSource({
        "car1/front, car2/rear", // other folders below
        "car1/front, car2/front", // one folder alone
        "0/a, 1/a", // classes by number
    })
    void numberedClassesMayHaveNestedFolders(String one, String other) throws IOException {
        files(one + "/1.jpg", one + "/2.jpg", other + "/3.jpg", other + "/4.jpg");
        assertEquals(2, parts().all().labels().size());
    }

    /** macOS writes an accent behind its letter, other systems one character. */
    @Test
    void aPartMayHaveAClassInOtherUnicodeCharacters() throws IOException {
        files("train/caf\u00e9/1.jpg", "train/tea/2.jpg", "val/cafe\u0301/3.jpg", "val/tea/4.jpg");
        assertEquals(List.of("caf\u00e9", "tea"), parts().all().labels());
        assertEquals(2, parts().part(DataPart.VALIDATION).size());
    }

    @Test
    void aLonelyPartIsNoClass() throws IOException {
        files("training_set/a/1.jpg", "training_set/b/1.jpg");
        assertTrue(refusal().contains("training_set/"), refusal());
    }

    @Test
    void classesMayHaveNestedFoldersAndPartLikeNames() throws IOException {
        files("cat/indoor/1.jpg", "cat/outdoor/2.jpg", "dog/indoor/3.jpg", "test tubes/4.jpg", "trainers/5.jpg");
        assertEquals(
                List.of("cat", "dog", "test tubes", "trainers"), parts().all().labels());
    }

    @Test
    void twoFoldersForOnePartAreRefused() throws IOException {
        files("train/a/1.jpg", "val/a/2.jpg", "valid/a/3.jpg");
        assertTrue(refusal().contains("val/") && refusal().contains("valid/"), refusal());
    }

    @Test
    void aValidationPartWithoutClassesIsRefusedAndATestPartIsNamed() throws IOException {
        files("train/a/1.jpg", "train/a/2.jpg", "train/b/1.jpg", "test/1.jpg");
        assertEquals(List.of("parts without class folders: 1 (test/)"), leftOut());
        files("val/1.jpg");
        assertTrue(refusal().contains("val/"), refusal());
    }

    @Test
    void aPartAmongClassesIsRefused() throws IOException {
        files("cat/1.jpg", "dog/2.jpg", "test/cat/3.jpg");
        assertTrue(refusal().contains("test/") && refusal().contains("cat/"), refusal());
    }

    @Test
    void aTestPartOfOtherClassesDoesNotHinderTraining() throws IOException {
        files("train/a/1.jpg", "train/b/2.jpg", "val/a/3.jpg", "test/unknown/4.jpg");
        assertEquals(1, open().validation().size());
        assertEquals(List.of("test parts of other classes than train/: 1 (test/)"), leftOut());
    }

    @Test
    void brokenLinksAndLoopsAreNamed() throws IOException {
        files("cat/1.jpg", "dog/2.jpg", "3.jpg");
        Files.createSymbolicLink(root.resolve("cat/gone.jpg"), root.resolve("nowhere.jpg"));
        Files.createSymbolicLink(root.resolve("dog/lost"), root.resolve("nowhere"));
        Files.createSymbolicLink(root.resolve("dog/up"), root);
        Files.createSymbolicLink(root.resolve("self"), root);
        assertEquals(
                List.of(
                        "images outside the class folders: 1 (3.jpg)",
                        "links back to a folder above: 2 (self, dog/up)",
                        "broken links: 2 (cat/gone.jpg, dog/lost)"),
                leftOut());
        assertEquals(List.of("cat/1.jpg", "dog/2.jpg"), ids(parts().all()));
    }

    @Test
    void aClassBehindABrokenLinkIsRefused() throws IOException {
        files("cat/1.jpg", "cat/2.jpg", "dog/1.jpg");
        Files.createSymbolicLink(root.resolve("bird"), root.resolve("nowhere"));
        assertTrue(refusal().contains("bird"), refusal());
        Files.delete(root.resolve("bird"));
        Files.delete(root.resolve("dog/1.jpg"));
        Files.createSymbolicLink(root.resolve("dog/1.jpg"), root.resolve("nowhere"));
        assertTrue(refusal().contains("broken links: 1 (dog/1.jpg)"), refusal());
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
        assertTrue(message.contains("found nothing at " + root.resolve("gone")), message);
        assertTrue(message.contains("one sub-folder of images for each class"), message);
    }

    @Test
    void emptyFolderAndClassWithoutImagesAreNamed() throws IOException {
        assertTrue(refusal().contains("no class folders") || refusal().contains("found none in " + root), refusal());
        files("cat/1.jpg", "dog/readme.txt");
        assertTrue(refusal().contains(root.resolve("dog") + " must hold images"), refusal());
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
        assertTrue(message.contains("found the file"), message);
    }

    private void manyFiles() throws IOException {
        for (int i = 0; i < 200; i++) {
            files("many/%03d.jpg".formatted(i));
        }
        files("few/1.jpg", "few/2.jpg", "single/1.jpg");
    }

    @Test
    void splitsBySeedAreDisjointAndKeepEveryClass() throws IOException {
        manyFiles();
        DataSplits splits = open();
        Map<String, Integer> held = counts(splits.validation());
        assertEquals(Map.of("few", 1, "single", 1), without("many", counts(splits.train())));
        assertEquals(Map.of("few", 1), without("many", held));
        assertTrue(held.get("many") > 20 && held.get("many") < 60, held::toString);
        assertTrue(ids(splits.train()).stream().noneMatch(ids(splits.validation())::contains));
        assertEquals(ids(splits.validation()), ids(open().validation()));
        DataSplits other = ImageSources.open(root.toString(), SplitOptions.DEFAULT.withSeed(1));
        assertTrue(!ids(splits.validation()).equals(ids(other.validation())));
    }

    private static Map<String, Integer> without(String label, Map<String, Integer> counts) {
        Map<String, Integer> rest = new HashMap<>(counts);
        rest.remove(label);
        return rest;
    }

    @Test
    void imagesAddedMoveNoOtherImage() throws IOException {
        manyFiles();
        List<String> learnt = ids(open().train());
        List<String> heldOut = ids(open().validation());
        for (int i = 0; i < 50; i++) {
            files("many/added%03d.jpg".formatted(i), "another/%02d.jpg".formatted(i));
        }
        assertTrue(ids(open().train()).containsAll(learnt));
        assertTrue(ids(open().validation()).containsAll(heldOut));
    }

    @Test
    void theSplitDoesNotDependOnThePlaceOfTheFolder() throws IOException {
        manyFiles();
        Path link = root.resolveSibling(root.getFileName() + "-link");
        Files.createSymbolicLink(link, root);
        try {
            DataSplits moved = ImageSources.open(link.toString(), SplitOptions.DEFAULT);
            List<String> keys = IntStream.range(0, moved.validation().size())
                    .mapToObj(moved.validation()::key)
                    .toList();
            assertEquals(ids(open().validation()), keys);
        } finally {
            Files.delete(link);
        }
    }

    @Test
    void theOldRuleHoldsOutExactShares() throws IOException {
        manyFiles();
        SplitOptions shuffled = new SplitOptions(0.2, 0, SplitRule.SHUFFLE);
        DataSplits splits = ImageSources.open(root.toString(), shuffled);
        assertEquals(Map.of("many", 40, "few", 1), counts(splits.validation()));
        assertEquals(Map.of("many", 160, "few", 1, "single", 1), counts(splits.train()));
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
