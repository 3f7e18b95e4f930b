package org.efficientnet4j.cli.explain;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.efficientnet4j.cli.explain.Explanation.Kind;
import org.efficientnet4j.core.files.AtomicFiles;

/** The folder of pictures and the page that shows them. */
final class ExplainedFolder {
    private static final String PAGE = "explain.html";

    private final Path folder;
    private final List<Path> images;
    private final Map<String, String> originals = new LinkedHashMap<>();
    private final List<Explanation> explanations = new ArrayList<>();

    /** @param images in the page's order */
    ExplainedFolder(Path folder, List<Path> images) {
        this.folder = folder;
        this.images = images;
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes an image as the first network sees it. */
    void original(int image, BufferedImage picture) {
        originals.computeIfAbsent(images.get(image).toString(), name -> {
            String file = stem(image) + ".png";
            HeatPicture.write(picture, folder.resolve(file));
            return file;
        });
    }

    /**
     * Writes a picture about a class.
     *
     * @param label the class, by index
     */
    void add(int image, ExplainedModel model, Kind kind, int label, double probability, BufferedImage drawn) {
        String name = model.metadata().labels().get(label);
        add(image, model, kind, "." + label, drawn, name, probability);
    }

    /** Writes a picture about no class. */
    void add(int image, ExplainedModel model, Kind kind, BufferedImage drawn) {
        add(image, model, kind, "", drawn, "", 0);
    }

    private void add(
            int image,
            ExplainedModel model,
            Kind kind,
            String end,
            BufferedImage drawn,
            String label,
            double probability) {
        String file = stem(image) + ".model" + (model.number() + 1) + "." + kind.id() + end + ".png";
        HeatPicture.write(drawn, folder.resolve(file));
        explanations.add(
                new Explanation(images.get(image).toString(), model.file().toString(), kind, label, probability, file));
    }

    /** All pictures, image by image. */
    List<Explanation> byImage() {
        return originals.keySet().stream()
                .flatMap(image ->
                        explanations.stream().filter(each -> each.image().equals(image)))
                .toList();
    }

    /** Writes the page. */
    Path writePage(String layer) {
        Path page = folder.resolve(PAGE);
        AtomicFiles.writeText(page, ExplainPage.html(layer, originals, byImage()));
        return page;
    }

    private String stem(int image) {
        String name = images.get(image).getFileName().toString();
        int dot = name.lastIndexOf('.');
        String plain = (dot > 0 ? name.substring(0, dot) : name).replaceAll("[^A-Za-z0-9_-]", "_");
        return String.format(Locale.ROOT, "%02d-%s", image + 1, plain);
    }
}
