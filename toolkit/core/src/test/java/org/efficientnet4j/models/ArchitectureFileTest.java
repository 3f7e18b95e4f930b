package org.efficientnet4j.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.plan.Section;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureFileTest {
    private static final String TINY = """
            name: tiny
            size: 64
            stem: 16
            blocks:
              - r1_k3_s1_e1_i16_o16_c1
              - r2_k3_s2_e4_i16_o32_se0.25
            head: 256
            """;

    @Test
    void readsANetworkFromAFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("tiny.yaml"), TINY);
        ModelDefinition model = ModelCatalog.find(file.toString());
        assertEquals("tiny", model.name());
        assertEquals(64, model.evalSize());
        assertEquals(
                3,
                model.plan().sections(Section.Kind.BODY).stream()
                        .mapToInt(section -> section.blocks().size())
                        .sum());
        assertEquals(4, model.plan().stride());
    }

    @ParameterizedTest
    @MethodSource("org.efficientnet4j.models.EfficientNetsTest#published")
    void readsBackWhatItWrites(ModelDefinition model) {
        ModelDefinition read = ArchitectureFile.parse(ArchitectureFile.format(model));
        assertEquals(model.plan(), read.plan());
        assertEquals(model.normalization(), read.normalization());
        assertEquals(model.dropout(), read.dropout());
        assertEquals(model.trainSize(), read.trainSize());
        assertEquals(model.evalSize(), read.evalSize());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "head: 256 | haed: 256 | unknown key 'haed'",
                "head: 256 | '' | key 'head' is missing",
                "size: 64 | size: large | key 'size'",
                "size: 64 | size: 2 | found 2",
                "_i16_o32 | _i24_o32 | found i24",
                "stem: 16 | stem: 16.5 | key 'stem'",
            })
    void namesTheKeyAtFault(String good, String bad, String complaint, @TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("broken.yaml"), TINY.replace(good, bad));
        InvalidInputException error = assertThrows(InvalidInputException.class, () -> ArchitectureFile.read(file));
        assertTrue(error.getMessage().contains(complaint), error.getMessage());
        assertTrue(error.getMessage().contains("broken.yaml"), error.getMessage());
    }

    @Test
    void saysThatAFileIsNotThere() {
        InvalidInputException error =
                assertThrows(InvalidInputException.class, () -> ModelCatalog.find("nowhere/none.yaml"));
        assertTrue(error.getMessage().contains("none.yaml"), error.getMessage());
    }
}
