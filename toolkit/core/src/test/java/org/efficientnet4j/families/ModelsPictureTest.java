package org.efficientnet4j.families;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.efficientnet4j.core.files.AtomicFiles;
import org.junit.jupiter.api.Test;

class ModelsPictureTest {
    /** Relative to this module, where Maven runs its tests. */
    private static final Path PICTURE = Path.of("../../docs/images/models.svg");

    @Test
    void thePictureIsOfTheFamilies() throws IOException {
        if (System.getProperty("efficientnet4j.renewPages") != null) {
            AtomicFiles.writeText(PICTURE, ModelsPicture.svg());
        }
        assertEquals(ModelsPicture.svg(), Files.readString(PICTURE), "renew it: " + ModelsPicture.RENEWAL);
    }

    /** Table 2 of arXiv 1905.11946: B0 0.39 G and 77.1 %, B7 37 G and 84.3 %. */
    @Test
    void theNetworksLieWhereTheirPaperSays() {
        List<ModelsPicture.Point> first = ModelsPicture.points().values().stream()
                .filter(points -> points.get(0).name().equals("efficientnet_b0"))
                .findFirst()
                .orElseThrow();
        assertEquals(8, first.size(), "B0 to B7");
        assertEquals(0.39, first.get(0).giga(), 0.01);
        assertEquals(77.1, first.get(0).percent());
        assertEquals(37, first.get(7).giga(), 1);
        assertEquals(84.3, first.get(7).percent());
        assertTrue(
                ModelsPicture.points().size() > 4, "" + ModelsPicture.points().keySet());
    }
}
