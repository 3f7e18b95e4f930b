package org.efficientnet4j.data.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.download.DownloadProgress;
import org.efficientnet4j.data.DataPart;
import org.efficientnet4j.data.DataParts;
import org.efficientnet4j.data.ImageSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelectionPartTest {
    private static DataParts open(String source, long seed) {
        return ImageSources.parts(source, new SplitOptions(0.2, seed), DownloadProgress.SILENT);
    }

    private static List<String> ids(ImageSource images) {
        return IntStream.range(0, images.size()).mapToObj(images::id).toList();
    }

    /** The data hold out a fifth of 200 pictures; a quarter of the other 160 is there to choose by. */
    @Test
    void noImageIsInTwoParts() {
        DataParts parts = open("selection:0.25:shapes:200", 3);
        List<String> train = ids(parts.part(DataPart.TRAIN));
        List<String> selection = ids(parts.part(DataPart.VALIDATION));
        List<String> test = ids(parts.part(DataPart.TEST));
        assertEquals(List.of(120, 40, 40), List.of(train.size(), selection.size(), test.size()));
        Set<String> all = new HashSet<>(train);
        all.addAll(selection);
        all.addAll(test);
        assertEquals(200, all.size());
        assertEquals(selection, ids(parts.splits().validation()), "a training is judged by the part to choose by");
    }

    /** Trainings of one search have several seeds: what one of them chooses by, another must not learn or be tested on. */
    @Test
    void thePartsAreTheSameUnderEverySeed() {
        DataParts one = open("selection:0.25:shapes:200", 1);
        DataParts other = open("selection:0.25:shapes:200", 2);
        for (DataPart part : List.of(DataPart.TRAIN, DataPart.VALIDATION, DataPart.TEST)) {
            assertEquals(ids(one.part(part)), ids(other.part(part)));
        }
    }

    @Test
    void aNumberOfImagesAndASubsetAreTaken() {
        DataParts parts = open("subset:30:selection:40:shapes:200", 1);
        assertEquals(30, parts.part(DataPart.TRAIN).size());
        assertEquals(40, parts.part(DataPart.VALIDATION).size());
        assertTrue(ids(open("selection:40:shapes:200", 1).part(DataPart.TRAIN))
                .containsAll(ids(parts.part(DataPart.TRAIN))));
        assertEquals("selection:0.2:shapes", ImageSources.absolute("selection:0.2:shapes"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "selection:0:shapes:50",
                "selection:half:shapes:50",
                "selection:50:shapes:50",
                "selection:1.5:shapes"
            })
    void anotherChoiceIsRefused(String source) {
        String message =
                assertThrows(InvalidInputException.class, () -> open(source, 1)).getMessage();
        assertTrue(message.contains("A selection must be a share between 0 and 1 or a number"), message);
    }
}
