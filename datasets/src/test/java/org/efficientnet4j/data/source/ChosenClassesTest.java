package org.efficientnet4j.data.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.data.DataSplits;
import org.efficientnet4j.data.ImageSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChosenClassesTest {
    private static final DataSplits ALL = open("shapes:100");

    @Test
    void keepsTheImagesOfTheClassesAndNumbersThemAnew() {
        DataSplits some = open("classes:1,7-9:shapes:100");
        List<String> names = ALL.train().labels();
        assertEquals(
                List.of(names.get(1), names.get(7), names.get(8), names.get(9)),
                some.train().labels());
        assertSame(ALL.train(), some.train());
        assertSame(ALL.validation(), some.validation());
    }

    private static void assertSame(ImageSource all, ImageSource some) {
        List<String> expected = IntStream.range(0, all.size())
                .filter(index -> List.of(1, 7, 8, 9).contains(all.label(index)))
                .mapToObj(index -> all.id(index) + all.labels().get(all.label(index)))
                .toList();
        List<String> found = IntStream.range(0, some.size())
                .mapToObj(index -> some.id(index) + some.labels().get(some.label(index)))
                .toList();
        assertEquals(expected, found);
    }

    @Test
    void twoHalvesShareNoImage() {
        List<String> first = ids(open("classes:0-4:shapes:100").train());
        List<String> second = ids(open("classes:5-9:shapes:100").train());
        assertTrue(first.stream().noneMatch(second::contains));
        assertEquals(ALL.train().size(), first.size() + second.size());
    }

    private static List<String> ids(ImageSource source) {
        return IntStream.range(0, source.size()).mapToObj(source::id).toList();
    }

    @Test
    void goesWithSubsetsAndFullPaths() {
        assertEquals(20, open("subset:20:classes:5-9:shapes:100").train().size());
        String here = Path.of("").toAbsolutePath().toString();
        assertEquals("classes:0-4:cifar10:" + here + "/some", ImageSources.absolute("classes:0-4:cifar10:some"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "classes:0-4 # classes:NUMBERS:SOURCE",
                "classes:a-b:shapes # got \"a-b\"",
                "classes:4-2:shapes # got \"4-2\"",
                "classes:5-10:shapes # from 0 to 9",
                "classes:3:shapes # at least two classes",
                "classes::shapes # got \"\""
            })
    void refusesWhatAreNoClasses(String source, String message) {
        InvalidInputException error = assertThrows(InvalidInputException.class, () -> open(source));
        assertTrue(error.getMessage().contains(message), error.getMessage());
    }

    private static DataSplits open(String source) {
        return ImageSources.open(source, new SplitOptions(0.2, 3));
    }
}
