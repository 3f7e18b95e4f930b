package org.efficientnet4j.search.specification;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The keys of a study's specification in {@code docs/files.md} are those that studies keep, all of them. */
class SpecificationPageTest {
    private static final Path PAGE = Path.of("../docs/files.md");
    private static final String SECTION = "## A study's specification";
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\|");

    @Test
    void thePageHasEveryKeyAndNoOther() throws IOException {
        Set<String> written = new TreeSet<>();
        for (StudySpecification search : StudySpecificationTest.searches().toList()) {
            collect("", new ObjectMapper().readTree(search.toJson()), written);
        }
        assertEquals(lines(written), lines(new TreeSet<>(keysOfPage())));
    }

    private static List<String> keysOfPage() throws IOException {
        String page = Files.readString(PAGE);
        String section = page.substring(page.indexOf(SECTION) + SECTION.length());
        int next = section.indexOf("\n## ");
        return ROW.matcher(next < 0 ? section : section.substring(0, next))
                .results()
                .map((MatchResult row) -> row.group(1))
                .toList();
    }

    private static void collect(String prefix, JsonNode node, Set<String> into) {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (field.getValue().isObject()) {
                collect(prefix + field.getKey() + ".", field.getValue(), into);
            } else {
                into.add(prefix + field.getKey());
            }
        }
    }

    private static String lines(Set<String> keys) {
        return keys.stream().collect(Collectors.joining("\n"));
    }
}
