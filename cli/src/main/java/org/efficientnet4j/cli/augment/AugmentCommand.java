package org.efficientnet4j.cli.augment;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import org.bytedeco.opencv.opencv_core.Mat;
import org.efficientnet4j.cli.ExitCode;
import org.efficientnet4j.cli.augment.ContactSheet.Tile;
import org.efficientnet4j.cli.augment.SheetPolicy.Column;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.text.Printable;
import org.efficientnet4j.data.ImageReadException;
import org.efficientnet4j.data.ImageSource;
import org.efficientnet4j.data.RgbImages;
import org.efficientnet4j.data.Seeds;
import org.efficientnet4j.data.augment.CentreCrop;
import org.efficientnet4j.data.augment.FrameTarget;
import org.efficientnet4j.data.augment.Interpolation;
import org.efficientnet4j.data.pipeline.ImagePipeline;
import org.efficientnet4j.data.source.ImageSources;
import org.efficientnet4j.data.source.SplitOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code effnet augment}: a contact sheet of images and what a policy makes of them. */
@Command(
        name = "augment",
        description = "Draws images beside what RandAugment or AutoAugment makes of them, to choose by eye.",
        footer = {
            "",
            "SOURCE is as for train; the images are spread evenly over its training part, each cut to its central square.",
            "A row draws the same operations at every magnitude, so that one sees them grow.",
            "",
            "Examples:",
            "  effnet augment --data photos --magnitude 5,10,15 --out sheet.png",
            "  effnet augment --data cifar10:DIR --policy autoaugment-cifar10 --out sheet.png"
        })
public final class AugmentCommand implements Callable<Integer> {
    private static final double VALIDATION_FRACTION = 0.2;
    private static final int MOST_IMAGES = 100;
    private static final int MOST_SIZE = 1024;
    private static final int MOST_MAGNITUDES = 12;

    @Spec
    private CommandSpec spec;

    @Option(names = "--data", required = true, paramLabel = "SOURCE", description = "The images, as for train.")
    private String data;

    @Option(
            names = "--policy",
            paramLabel = "NAME",
            defaultValue = "randaugment",
            converter = SheetPolicy.Names.class,
            completionCandidates = SheetPolicy.Names.class,
            description = "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}).")
    private SheetPolicy policy;

    @Option(
            names = "--magnitude",
            paramLabel = "X,...",
            split = ",",
            description = "RandAugment's magnitudes, 0 to 30, a column each (5,10,15).")
    private List<Double> magnitudes = List.of();

    @Option(names = "--count", paramLabel = "N", defaultValue = "6", description = "Images (${DEFAULT-VALUE}).")
    private int count;

    @Option(
            names = "--size",
            paramLabel = "N",
            defaultValue = "160",
            description = "Their height and width in pixels (${DEFAULT-VALUE}).")
    private int size;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "42",
            description = "Seed of what is drawn (${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--out", required = true, paramLabel = "F.png", description = "The sheet; replaced if it exists.")
    private Path out;

    /** Created by the command line. */
    public AugmentCommand() {}

    @Override
    public Integer call() {
        require("--count", count, MOST_IMAGES);
        require("--size", size, MOST_SIZE);
        if (magnitudes.size() > MOST_MAGNITUDES) {
            throw new InvalidInputException(
                    "--magnitude takes at most " + MOST_MAGNITUDES + " values, found " + magnitudes.size());
        }
        if (!out.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
            throw new InvalidInputException("--out must name a .png file, found '" + out + "'");
        }
        List<Column> columns = policy.columns(magnitudes);
        ImageSource images = ImageSources.open(data, new SplitOptions(VALIDATION_FRACTION, seed))
                .train();
        if (images.size() == 0) {
            throw new InvalidInputException("there are no images in " + images.description());
        }
        System.setProperty("java.awt.headless", "true");
        ContactSheet sheet = sheet(images, columns);
        if (sheet.isEmpty()) {
            throw new InvalidInputException("none of the images drawn could be read: check " + images.description());
        }
        write(sheet.draw());
        spec.commandLine().getOut().println(Printable.line("Wrote " + out));
        return ExitCode.OK;
    }

    private static void require(String option, int value, int most) {
        if (value < 1 || value > most) {
            throw new InvalidInputException(option + " must lie in [1, " + most + "], found " + value);
        }
    }

    private ContactSheet sheet(ImageSource images, List<Column> columns) {
        List<String> headings = new ArrayList<>(List.of("original"));
        columns.forEach(column -> headings.add(column.heading()));
        ContactSheet sheet = new ContactSheet(policy.title(), images.description() + "; seed " + seed, headings, size);
        int rows = Math.min(count, images.size());
        for (int row = 0; row < rows; row++) {
            int index = (int) ((long) row * images.size() / rows);
            try (Mat image = images.read(index)) {
                sheet.row(label(images, index), name(images.id(index)), tiles(image, index, columns, images));
            } catch (ImageReadException e) {
                spec.commandLine().getErr().println(Printable.line("Left out: " + e.getMessage()));
            }
        }
        return sheet;
    }

    private static String label(ImageSource images, int index) {
        int label = images.label(index);
        return label == ImageSource.UNLABELLED ? "" : images.labels().get(label);
    }

    private List<Tile> tiles(Mat image, int index, List<Column> columns, ImageSource images) {
        List<Tile> tiles = new ArrayList<>();
        FrameTarget target = new FrameTarget(size, ImagePipeline.defaultCropFraction(images), Interpolation.BICUBIC);
        try (Mat framed = new CentreCrop().frame(image, target, new SplittableRandom(seed))) {
            tiles.add(new Tile(picture(framed), ""));
            for (Column column : columns) {
                List<String> done = new ArrayList<>();
                SplittableRandom random = Seeds.generator(seed, index, column.stream());
                try (Mat changed = column.policy().apply(framed, random, done::add)) {
                    tiles.add(new Tile(picture(changed), done.isEmpty() ? "unchanged" : String.join(", ", done)));
                }
            }
        }
        return tiles;
    }

    /** A file's name without its folders. */
    private static String name(String id) {
        return id.substring(Math.max(id.lastIndexOf('/'), id.lastIndexOf('\\')) + 1);
    }

    private static BufferedImage picture(Mat rgb) {
        byte[] pixels = RgbImages.toPixels(rgb);
        BufferedImage picture = new BufferedImage(rgb.cols(), rgb.rows(), BufferedImage.TYPE_INT_RGB);
        for (int pixel = 0; pixel < pixels.length / 3; pixel++) {
            int red = pixels[3 * pixel] & 0xFF;
            int green = pixels[3 * pixel + 1] & 0xFF;
            int blue = pixels[3 * pixel + 2] & 0xFF;
            picture.setRGB(pixel % rgb.cols(), pixel / rgb.cols(), red << 16 | green << 8 | blue);
        }
        return picture;
    }

    private void write(BufferedImage picture) {
        Path target = out.toAbsolutePath();
        Path temporary = target.resolveSibling(target.getFileName() + ".tmp");
        try {
            try (OutputStream stream = Files.newOutputStream(temporary)) {
                if (!ImageIO.write(picture, "png", stream)) {
                    throw new IllegalStateException("this Java has no PNG writer");
                }
            }
            Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            try {
                Files.deleteIfExists(temporary);
            } catch (IOException unlinked) {
                throw new UncheckedIOException(unlinked);
            }
            throw new InvalidInputException(
                    "Cannot write " + out + " (" + e + "): name a file in a folder that exists and can be written to",
                    e);
        }
    }
}
