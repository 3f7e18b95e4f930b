package org.efficientnet4j.data.source;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.efficientnet4j.data.decode.ImageDecoder;

/**
 * A folder tree as a page draws it, what the page says of it, and the same tree on the disk.
 *
 * @param line the page's line where it begins
 * @param paths its folders (which end in a slash) and files, from the root's name on
 * @param csv the content of its CSV file
 * @param claims the page's sentences about it
 */
record PageTree(int line, List<String> paths, Optional<String> csv, List<String> claims) {
    private static final Pattern ROOT = Pattern.compile("[a-z]+/");
    private static final Pattern ENTRY = Pattern.compile("((?:│   |    )*)[├└]── (\\S+)(?:\\s{2,}.*)?");
    private static final Pattern CLAIM = Pattern.compile("`--data .* (?:reads|is refused): .*|Left out: .*");
    private static final String FENCE = "```";
    private static final int INDENT = 4;
    private static final int CIFAR_PIXELS = 3 * 32 * 32;

    @Override
    public String toString() {
        return "line " + line + ", " + paths.get(0);
    }

    /** Every tree of a page. */
    static List<PageTree> of(Path page) throws IOException {
        List<String> lines = Files.readAllLines(page);
        List<PageTree> trees = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).equals(FENCE) && ROOT.matcher(lines.get(i + 1)).matches()) {
                List<String> block = block(lines, i);
                i += block.size() + 1;
                trees.add(new PageTree(i - block.size(), paths(block), csv(lines, i), new ArrayList<>()));
            } else if (CLAIM.matcher(lines.get(i)).matches()) {
                trees.get(trees.size() - 1).claims().add(lines.get(i));
            }
        }
        return trees;
    }

    private static List<String> block(List<String> lines, int fence) {
        return lines.subList(fence + 1, lines.size()).stream()
                .takeWhile(line -> !line.equals(FENCE))
                .toList();
    }

    private static Optional<String> csv(List<String> lines, int end) {
        if (end + 2 >= lines.size() || !lines.get(end + 2).equals(FENCE + "csv")) {
            return Optional.empty();
        }
        return Optional.of(String.join("\n", block(lines, end + 2)) + "\n");
    }

    private static List<String> paths(List<String> block) {
        List<String> above = new ArrayList<>(List.of(block.get(0)));
        List<String> paths = new ArrayList<>(above);
        for (String line : block.subList(1, block.size())) {
            Matcher entry = ENTRY.matcher(line);
            if (!entry.matches()) {
                throw new AssertionError("A tree's line must be drawn as the others, found '" + line + "'");
            }
            int depth = entry.group(1).length() / INDENT + 1;
            String path = above.get(depth - 1) + entry.group(2);
            above.subList(depth, above.size()).clear();
            above.add(path);
            paths.add(path);
        }
        return paths;
    }

    /** Makes the tree below a folder, with files that can be read. */
    void make(Path below) throws IOException {
        for (String path : paths) {
            Path file = below.resolve(path);
            if (path.endsWith("/")) {
                Files.createDirectories(file);
            } else {
                Files.write(file, content(file));
            }
        }
    }

    private byte[] content(Path file) throws IOException {
        String name = file.getFileName().toString();
        if (ImageDecoder.isImageName(file)) {
            ByteArrayOutputStream png = new ByteArrayOutputStream();
            ImageIO.write(new BufferedImage(8, 6, BufferedImage.TYPE_INT_RGB), "png", png);
            return png.toByteArray();
        }
        boolean ten = file.getParent().endsWith("cifar-10-batches-bin");
        if (name.endsWith(".bin")) {
            return new byte[2 * ((ten ? 1 : 2) + CIFAR_PIXELS)];
        }
        String text = name.endsWith(".csv")
                ? csv.orElseThrow(() -> new AssertionError("a tree's CSV file must be shown, line " + line))
                : IntStream.range(0, ten ? 10 : 100).mapToObj(i -> "class" + i).collect(Collectors.joining("\n"));
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
