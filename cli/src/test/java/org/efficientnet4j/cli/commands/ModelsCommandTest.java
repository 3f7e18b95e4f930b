package org.efficientnet4j.cli.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;
import org.efficientnet4j.cli.CommandLineRun;
import org.junit.jupiter.api.Test;

class ModelsCommandTest {
    @Test
    void listsEveryPublishedVariantOnce() {
        JsonNode models = CommandLineRun.of("models", "--json").json();
        Set<String> names = new HashSet<>();
        models.forEach(model -> names.add(model.get("name").asText()));
        assertEquals(models.size(), names.size());
        for (String suffix :
                "b0 b1 b2 b3 b4 b5 b6 b7 b8 l2 v2_b0 v2_b1 v2_b2 v2_b3 v2_s v2_m v2_l v2_xl".split(" ", -1)) {
            assertTrue(names.contains("efficientnet_" + suffix), names::toString);
        }
    }

    @Test
    void printsOneLineAModel() {
        CommandLineRun run = CommandLineRun.of("models");
        assertEquals(0, run.code());
        assertTrue(run.out()
                .lines()
                .anyMatch(line -> line.matches("efficientnet_b0 .*5\\.3 M .*0\\.39 G .*224 .*77\\.1 %")));
    }
}
