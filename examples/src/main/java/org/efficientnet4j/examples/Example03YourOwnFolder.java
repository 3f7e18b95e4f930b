package org.efficientnet4j.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;
import org.bytedeco.opencv.opencv_core.Mat;
import org.efficientnet4j.data.DataSplits;
import org.efficientnet4j.data.ImageSource;
import org.efficientnet4j.data.LeftOut;
import org.efficientnet4j.data.SkippedImage;
import org.efficientnet4j.data.check.ClassCounts;
import org.efficientnet4j.data.source.GeneratedShapes;
import org.efficientnet4j.evaluate.Predictor;
import org.efficientnet4j.examples.support.EpochLines;
import org.efficientnet4j.examples.support.Flags;
import org.efficientnet4j.examples.support.Flags.Given;
import org.efficientnet4j.examples.support.Pictures;
import org.efficientnet4j.examples.support.SmallNetwork;
import org.efficientnet4j.model.ModelFile;
import org.efficientnet4j.train.ImageTraining;
import org.efficientnet4j.train.options.Augmentation;
import org.efficientnet4j.train.options.DataOptions;
import org.efficientnet4j.train.options.TrainingOptionsBuilder;
import org.efficientnet4j.train.run.TrainingResult;
import org.efficientnet4j.train.run.TrainingRun;

/**
 * Learns the classes of a folder of pictures, a sub-folder each: looks at what is in it and what is left out, trains, and
 * names the class of single files. Without a folder it paints one, with the kinds of litter that real folders have.
 */
public final class Example03YourOwnFolder {
    private static final List<String> FIGURES = List.of("circle", "cross", "heart", "star");
    private static final int SIDE = 96;

    static final Flags FLAGS = Flags.of(
                    "03 your-own-folder",
                    "Trains on a folder with a sub-folder for each class and names single files.",
                    "Without --data it paints one of four figures; expect 60 to 100 % of the held-out pictures right",
                    "(chance: 25 %) in 20 to 80 seconds, with --quick 40 to 90 % in 8 to 40.",
                    "Your photographs take longer, and a network from scratch needs some hundreds of each class.")
            .with("--data", "DIR", "", "the folder; painted if left out")
            .with("--out", "DIR", "runs/03", "folder of the run; an earlier run in it is replaced")
            .with("--pictures", "N", "500", "300", "pictures to paint of each figure")
            .with("--size", "N", "32", "image height and width in training, in pixels")
            .with("--epochs", "N", "8", "5", "passes over the training images")
            .inOrder("--data");

    private Example03YourOwnFolder() {}

    /**
     * Result of the run.
     *
     * @param counts images of each class
     * @param leftOut files of the folder that are no images
     * @param skipped images that could not be read
     * @param training how the run ended
     * @param predictions what single held-out files show
     */
    public record Result(
            ClassCounts counts,
            List<LeftOut> leftOut,
            List<SkippedImage> skipped,
            TrainingResult training,
            List<Predictor.Prediction> predictions) {}

    /** Trains and predicts. */
    public static void main(String[] args) throws IOException {
        Optional<Given> given = FLAGS.read(args);
        if (given.isPresent()) {
            run(given.get());
        }
    }

    static Result run(Given given) throws IOException {
        Path out = Path.of(given.text("--out"));
        Path folder = given.has("--data")
                ? Path.of(given.text("--data"))
                : paint(out.resolve("pictures"), given.number("--pictures", 10));

        TrainingOptionsBuilder options =
                SmallNetwork.options(folder.toString(), given.number("--size", 32), given.number("--epochs", 1));
        if (!given.has("--data")) {
            options.set(DataOptions.AUGMENTATION, Augmentation.NONE); // a random part of a figure is another figure
        }
        ImageTraining training = ImageTraining.prepare(options, SmallNetwork.model());
        DataSplits data = training.data();
        ClassCounts counts = ClassCounts.of(data);
        System.out.println(counts.line());
        data.leftOut().forEach(files -> System.out.println("Left out, " + files));
        counts.warnings(data.leftOut()).forEach(warning -> System.out.println("Note: " + warning));

        TrainingRun run = TrainingRun.overwrite(out.resolve("run"), training.options());
        TrainingResult result =
                training.trainer(run).listener(new EpochLines("  ")).train();
        training.skipped().forEach(image -> System.out.println("Not readable: " + image.id() + ": " + image.reason()));
        System.out.printf(
                Locale.ROOT,
                "Best: %.1f %% of the held-out images right; always answering '%s' gets %.1f %%.%n",
                100 * result.best().orElseThrow().top1(),
                counts.commonest().label(),
                100 * counts.commonestShare());

        List<Predictor.Prediction> predictions = predict(run.modelFile(), data.validation());
        return new Result(counts, data.leftOut(), training.skipped(), result, predictions);
    }

    /** Names the class of a few held-out files, one of each class. */
    private static List<Predictor.Prediction> predict(Path modelFile, ImageSource heldOut) {
        List<Path> files = new ArrayList<>();
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < heldOut.size() && seen.size() < 4; i++) {
            if (seen.add(heldOut.label(i))) {
                files.add(heldOut.file(i).orElseThrow());
            }
        }
        ModelFile model = ModelFile.read(modelFile);
        Predictor predictor = new Predictor(
                model.graph(), model.metadata().labels(), model.metadata().preprocessing());
        List<Predictor.Prediction> predictions = predictor.predict(files, 4).predictions();
        for (Predictor.Prediction prediction : predictions) {
            Predictor.Score best = prediction.scores().get(0);
            System.out.printf(
                    Locale.ROOT, "  %s is a %s (%.0f %%)%n", prediction.file(), best.label(), 100 * best.probability());
        }
        return predictions;
    }

    /** Paints figures as PNG files, with a damaged one and a stray text among them. */
    private static Path paint(Path folder, int ofEach) throws IOException {
        System.out.printf("Painting %d pictures of each of %d figures into %s%n", ofEach, FIGURES.size(), folder);
        for (String figure : FIGURES) {
            Files.createDirectories(folder.resolve(figure));
        }
        GeneratedShapes shapes = new GeneratedShapes(10 * ofEach, 7, SIDE);
        for (int i = 0; i < shapes.size(); i++) {
            String figure = shapes.labels().get(shapes.label(i));
            if (FIGURES.contains(figure)) {
                try (Mat picture = shapes.read(i)) {
                    Path file = folder.resolve(figure).resolve(i + ".png");
                    ImageIO.write(Pictures.of(picture), "png", file.toFile());
                }
            }
        }
        Files.writeString(folder.resolve("heart/notes.txt"), "Files that are no images are left out, and told.");
        Files.writeString(folder.resolve("star/cut-short.png"), "An image that cannot be read is skipped, and told.");
        return folder;
    }
}
