package org.efficientnet4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Links and Maven coordinates in README and docs lead to what is there. */
class PageLinksTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^()\\s]+)\\)|<img src=\"([^\"]+)\"");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
    private static final Pattern CODE = Pattern.compile("(?s)```.*?```");
    private static final Pattern ARTIFACT = Pattern.compile("<artifactId>(efficientnet4j[^<]*)</artifactId>");
    private static final String ANCHORED = "#";

    static List<Path> pages() {
        return PageCommands.pages();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkHasATarget(Path page) throws IOException {
        List<String> broken = new ArrayList<>();
        for (MatchResult link : LINK.matcher(prose(page)).results().toList()) {
            String target = link.group(1) != null ? link.group(1) : link.group(2);
            if (!target.startsWith("http") && !leadsSomewhere(page, target)) {
                broken.add(target);
            }
        }
        assertEquals(List.of(), broken, "broken links in " + page);
    }

    /** So that none is forgotten. */
    @Test
    void theIndexHasEveryPage() throws IOException {
        String index = Files.readString(PageCommands.ROOT.resolve("docs/README.md"));
        pages().stream()
                .filter(page -> page.getParent().endsWith("docs"))
                .map(page -> page.getFileName().toString())
                .filter(name -> !name.equals("README.md"))
                .forEach(name -> assertTrue(index.contains("(" + name + ")"), "docs/README.md must name " + name));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void theArtifactsAreOurs(Path page) throws IOException {
        Set<String> named = artifacts(Files.readString(page));
        named.removeAll(artifacts(allPoms()));
        assertEquals(Set.of(), named, "unknown artifacts in " + page);
    }

    private static boolean leadsSomewhere(Path page, String target) throws IOException {
        int hash = target.indexOf(ANCHORED);
        Path file = hash == 0 ? page : page.resolveSibling(hash < 0 ? target : target.substring(0, hash));
        if (!Files.exists(file)) {
            return false;
        }
        return hash < 0 || anchors(file).contains(target.substring(hash + 1));
    }

    /** Headings as their links name them. */
    private static Set<String> anchors(Path page) throws IOException {
        return HEADING.matcher(prose(page))
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    private static String prose(Path page) throws IOException {
        return CODE.matcher(Files.readString(page)).replaceAll("");
    }

    private static Set<String> artifacts(String text) {
        return ARTIFACT.matcher(text)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String allPoms() throws IOException {
        try (Stream<Path> files = Files.walk(PageCommands.ROOT, 3)) {
            StringBuilder poms = new StringBuilder();
            for (Path pom : files.filter(file -> file.endsWith("pom.xml")).toList()) {
                poms.append(Files.readString(pom));
            }
            return poms.toString();
        }
    }
}
