package org.efficientnet4j.data.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.opencv.opencv_core.Mat;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.download.DownloadProgress;
import org.efficientnet4j.data.DataPart;
import org.efficientnet4j.data.DataParts;
import org.efficientnet4j.data.ImageReadException;
import org.efficientnet4j.data.ImageSource;
import org.efficientnet4j.data.LeftOut;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every layout on {@code docs/data.md} is made and read, with the result that the page promises. */
class DataPageTest {
    private static final Path PAGE = Path.of("../docs/data.md");
    private static final Path SOURCES = Path.of("src/main/java/org/efficientnet4j/data");
    private static final Pattern READS = Pattern.compile("`--data (.*)` reads: (.*)\\.");
    private static final Pattern REFUSED = Pattern.compile("`--data (.*)` is refused: `(.*)`");
    private static final Pattern LEFT_OUT = Pattern.compile("Left out: (.*)\\.");
    private static final Pattern SAID = Pattern.compile(
            "leftOut\\s*\\.add(?:Expected)?\\(\\s*(?:[^\",;]*\\? )?\"([^\"]+)\"(?:\\s*:\\s*\"([^\"]+)\")?");
    private static final Pattern SAID_BY_NAME =
            Pattern.compile("leftOut\\s*\\.add(?:Expected)?\\(\\s*(?:\\w+\\.)?([A-Z_]+)\\s*,");
    private static final Pattern CODE = Pattern.compile("`([^`]*)`");

    @TempDir
    Path folder;

    static List<PageTree> trees() throws IOException {
        return PageTree.of(PAGE);
    }

    @ParameterizedTest
    @MethodSource("trees")
    void isReadAsThePageSays(PageTree tree) throws IOException, ImageReadException {
        tree.make(folder);
        assertFalse(tree.claims().isEmpty(), "the page must say how it is read");
        DataParts parts = null;
        for (String claim : tree.claims()) {
            Matcher reads = READS.matcher(claim);
            Matcher refused = REFUSED.matcher(claim);
            Matcher leftOut = LEFT_OUT.matcher(claim);
            if (reads.matches()) {
                parts = open(reads.group(1));
                assertEquals(reads.group(2), described(parts, reads.group(2)));
                decode(parts);
            } else if (refused.matches()) {
                String message = assertThrows(InvalidInputException.class, () -> open(refused.group(1))
                                .splits())
                        .getMessage();
                assertTrue(message.contains(refused.group(2)), message);
            } else if (leftOut.matches() && parts != null) {
                assertEquals(sorted(leftOut.group(1)), sorted(leftOut(parts)));
            } else {
                throw new AssertionError("A sentence about a tree must be one that this test reads, found: " + claim);
            }
        }
    }

    @Test
    void thereAreTreesForEverySourceOfFiles() throws IOException {
        String claims = trees().stream().flatMap(tree -> tree.claims().stream()).collect(Collectors.joining("\n"));
        for (String kind : List.of("--data photos", "--data csv:", "--data cifar10:", "--data cifar100:")) {
            assertTrue(claims.contains(kind), kind);
        }
    }

    @ParameterizedTest
    @CsvSource({"image", "label", "split"})
    void theColumnsAreThoseThatAreFound(String column) throws IOException {
        Set<String> known = Map.of(
                        "image", CsvLayout.IMAGE_NAMES, "label", CsvLayout.LABEL_NAMES, "split", SplitColumn.NAMES)
                .get(column);
        assertEquals(new TreeSet<>(known), new TreeSet<>(codes("| " + column + " |")));
    }

    @Test
    void thePartsFoldersAreThoseThatAreFound() throws IOException {
        for (DataPart part : List.of(DataPart.TRAIN, DataPart.VALIDATION, DataPart.TEST)) {
            List<String> names = codes("| " + part + " |");
            assertTrue(names.size() > 2, "" + names);
            names.forEach(name -> assertEquals(part, DataPart.named(name).orElseThrow(), name));
        }
    }

    /** The reasons are texts in the code that lists images, and there is no other. */
    @Test
    void theReasonsForLeavingOutAreThoseOfTheCode() throws IOException {
        String code = code();
        List<String> reasons = Files.readAllLines(PAGE).stream()
                .dropWhile(line -> !line.equals("| left out | why |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(line ->
                        CODE.matcher(line).results().findFirst().orElseThrow().group(1))
                .toList();
        reasons.forEach(reason -> assertTrue(code.contains("\"" + reason + "\""), reason));
        Stream<String> said = SAID.matcher(code)
                .results()
                .flatMap((MatchResult call) -> Stream.of(call.group(1), call.group(2)))
                .filter(Objects::nonNull);
        Stream<String> saidByName = SAID_BY_NAME.matcher(code).results().map(call -> constant(code, call.group(1)));
        Stream.concat(said, saidByName)
                .forEach(reason -> assertTrue(reasons.contains(reason), "the page must have: " + reason));
    }

    private static String constant(String code, String name) {
        Matcher value =
                Pattern.compile("String " + name + "\\s*=\\s*\"([^\"]+)\"").matcher(code);
        assertTrue(value.find(), name);
        return value.group(1);
    }

    /** The source with its paths below this test's folder. */
    private DataParts open(String source) {
        String placed = Arrays.stream(source.split("(?<=[:?])|(?=[?])"))
                .map(word -> {
                    String path = word.replaceAll("[:?]$", "");
                    boolean isPath = Files.exists(folder.resolve(path)) && !path.isEmpty();
                    return isPath ? folder.resolve(path) + word.substring(path.length()) : word;
                })
                .collect(Collectors.joining());
        return ImageSources.parts(placed, SplitOptions.DEFAULT, DownloadProgress.SILENT);
    }

    /** The parts as the page writes them. */
    private static String described(DataParts parts, String wanted) {
        if (wanted.startsWith("parts ")) {
            return "parts "
                    + present(parts).keySet().stream().map(DataPart::toString).collect(Collectors.joining(", "));
        }
        if (parts.undivided().isPresent()) {
            return counts(parts.all());
        }
        return present(parts).entrySet().stream()
                .map(part -> part.getKey() + " " + counts(part.getValue()))
                .collect(Collectors.joining("; "));
    }

    private static Map<DataPart, ImageSource> present(DataParts parts) {
        Map<DataPart, ImageSource> present = new TreeMap<>();
        parts.train().ifPresent(part -> present.put(DataPart.TRAIN, part));
        parts.validation().ifPresent(part -> present.put(DataPart.VALIDATION, part));
        parts.test().ifPresent(part -> present.put(DataPart.TEST, part));
        return present;
    }

    private static String counts(ImageSource source) {
        return IntStream.range(0, source.labels().size())
                .mapToObj(label -> source.labels().get(label) + " "
                        + IntStream.range(0, source.size())
                                .filter(i -> source.label(i) == label)
                                .count())
                .filter(count -> !count.endsWith(" 0"))
                .collect(Collectors.joining(", "));
    }

    private static void decode(DataParts parts) throws ImageReadException {
        ImageSource all = parts.all();
        for (int i = 0; i < all.size(); i++) {
            try (Mat image = all.read(i)) {
                assertTrue(image.rows() > 0, all.id(i));
            }
        }
    }

    private static String leftOut(DataParts parts) {
        return parts.leftOut().stream()
                .map((LeftOut files) -> files.reason() + " " + files.count())
                .collect(Collectors.joining(", "));
    }

    private static Set<String> sorted(String list) {
        return new TreeSet<>(List.of(list.split(", ")));
    }

    /** The code words of the row that begins so. */
    private static List<String> codes(String start) throws IOException {
        String row = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith(start))
                .findFirst()
                .orElseThrow();
        return CODE.matcher(row).results().map(found -> found.group(1)).toList();
    }

    private static String code() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(DataPageTest::text)
                    .collect(Collectors.joining("\n"));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
