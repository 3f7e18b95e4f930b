package org.efficientnet4j.data.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.data.DataSplits;
import org.efficientnet4j.data.ImageSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StratifiedSubsetTest {
    @Test
    void everyClassKeepsItsShare() {
        DataSplits all = open("shapes:200", 3);
        DataSplits some = open("subset:80/20:shapes:200", 3);
        assertEquals(80, some.train().size());
        assertEquals(20, some.validation().size());
        int classes = all.train().labels().size();
        for (int label = 0; label < classes; label++) {
            double expected = count(all.train(), label) * 80.0 / all.train().size();
            assertEquals(expected, count(some.train(), label), 1);
        }
    }

    @Test
    void withoutASecondNumberEveryHeldOutImageStays() {
        assertEquals(
                open("shapes:200", 3).validation().size(),
                open("subset:40:shapes:200", 3).validation().size());
        assertEquals(
                open("shapes:200", 3).train().size(),
                open("subset:5000:shapes:200", 3).train().size());
    }

    @Test
    void theSeedChoosesTheImages() {
        assertEquals(ids("subset:40:shapes:200", 3), ids("subset:40:shapes:200", 3));
        assertNotEquals(ids("subset:40:shapes:200", 3), ids("subset:40:shapes:200", 4));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"subset:40", "subset:many:shapes", "subset:0:shapes", "subset:2:shapes:200", "subset:40/x:shapes"
            })
    void refusesWhatIsNoSubset(String source) {
        assertThrows(InvalidInputException.class, () -> open(source, 3));
    }

    @Test
    void pathsAreMadeFullAndNothingElse() {
        String here = Path.of("").toAbsolutePath().toString();
        assertEquals("subset:40/8:cifar10:" + here + "/some", ImageSources.absolute("subset:40/8:cifar10:some"));
        assertEquals(here + "/photos", ImageSources.absolute("photos"));
        assertEquals("csv:" + here + "/pom.xml:" + here + "/x", ImageSources.absolute("csv:pom.xml:x"));
        for (String same : List.of("shapes:20", "cifar10", "cifar100:/data", "/photos")) {
            assertEquals(same, ImageSources.absolute(same));
        }
    }

    private static DataSplits open(String source, long seed) {
        return ImageSources.open(source, SplitOptions.DEFAULT.withSeed(seed));
    }

    private static List<String> ids(String source, long seed) {
        ImageSource train = open(source, seed).train();
        return IntStream.range(0, train.size()).mapToObj(train::id).toList();
    }

    private static int count(ImageSource source, int label) {
        return (int) IntStream.range(0, source.size())
                .filter(index -> source.label(index) == label)
                .count();
    }
}
