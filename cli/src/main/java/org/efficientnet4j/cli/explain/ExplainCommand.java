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
import java.util.concurrent.Callable;
import org.efficientnet4j.backend.Backend;
import org.efficientnet4j.cli.ExitCode;
import org.efficientnet4j.cli.JsonOutput;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.Normalization;
import org.efficientnet4j.core.Preprocessing;
import org.efficientnet4j.core.files.AtomicFiles;
import org.efficientnet4j.core.text.Printable;
import org.efficientnet4j.data.pipeline.EpochIterator;
import org.efficientnet4j.data.pipeline.ImagePipeline;
import org.efficientnet4j.data.source.ImageSources;
import org.efficientnet4j.explain.ExplainedLayers;
import org.efficientnet4j.explain.GradCam;
import org.efficientnet4j.explain.HeatMap;
import org.efficientnet4j.explain.Occlusion;
import org.efficientnet4j.graph.NetworkInference;
import org.efficientnet4j.model.ModelFile;
import org.efficientnet4j.model.ModelMetadata;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code effnet explain}: what networks look at in images. */
@Command(
        name = "explain",
        description = "Shows what a trained network looks at in images: Grad-CAM, occlusion, feature maps.",
        footer = {
            "",
            "Examples:",
            "  effnet explain cat.jpg --model runs/pets/model.zip --out explained",
            "  effnet explain cat.jpg dog.jpg --model b0.zip --model resnet.zip --label cat --occlusion --out explained"
        })
public final class ExplainCommand implements Callable<Integer> {
    private static final String PAGE = "explain.html";
    private static final int SQUARES = 14;
    private static final int BATCH = 16;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "IMAGE", description = "Image files.")
    private List<Path> images = List.of();

    @Option(
            names = "--model",
            required = true,
            paramLabel = "F",
            description = "A run's model.zip; several networks are shown side by side.")
    private List<Path> models = List.of();

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where pictures and explain.html go.")
    private Path out;

    @Option(
            names = "--label",
            paramLabel = "CLASS",
            description = "The class to explain (the most probable one). May be repeated.")
    private List<String> labels = List.of();

    @Option(
            names = "--layer",
            paramLabel = "LAYER",
            defaultValue = ExplainedLayers.LAST,
            description = "The feature map to look at: stride2 to stride32, or what the head pools (${DEFAULT-VALUE}).")
    private String layer;

    @Option(
            names = "--occlusion",
            description =
                    "Also cover the image square by square and see what the class loses; 196 runs of the network.")
    private boolean occlusion;

    @Option(names = "--feature-maps", description = "Also show the 16 feature maps of the layer that answer most.")
    private boolean featureMaps;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    private final Map<String, String> originals = new LinkedHashMap<>();
    private final List<Explanation> explanations = new ArrayList<>();

    /** Created by the command line. */
    public ExplainCommand() {}

    @Override
    public Integer call() {
        for (Path image : images) {
            if (!Files.isRegularFile(image)) {
                throw new InvalidInputException("There is no image file " + image + ": check the path");
            }
        }
        Backend.requireUsable();
        try {
            Files.createDirectories(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (int number = 0; number < models.size(); number++) {
            explain(number);
        }
        List<Explanation> byImage = originals.keySet().stream()
                .flatMap(image ->
                        explanations.stream().filter(each -> each.image().equals(image)))
                .toList();
        AtomicFiles.writeText(out.resolve(PAGE), ExplainPage.html(layer, originals, byImage));
        if (json) {
            Map<String, Object> printed = new LinkedHashMap<>();
            printed.put("page", out.resolve(PAGE).toString());
            printed.put("layer", layer);
            printed.put("pictures", byImage);
            spec.commandLine().getOut().println(JsonOutput.format(printed));
        } else {
            byImage.forEach(each -> spec.commandLine().getOut().println(Printable.line(line(each))));
            spec.commandLine().getOut().println(Printable.line("Open " + out.resolve(PAGE)));
        }
        return ExitCode.OK;
    }

    private String line(Explanation each) {
        String about = each.label().isEmpty()
                ? ""
                : String.format(Locale.ROOT, " of %s (%.1f %%)", each.label(), 100 * each.probability());
        return each.image() + ", " + each.model() + ": " + each.kind() + about + " in " + out.resolve(each.picture());
    }

    private void explain(int number) {
        ModelFile model = ModelFile.read(models.get(number));
        ModelMetadata metadata = model.metadata();
        List<Integer> wanted =
                labels.stream().map(label -> index(label, metadata.labels())).toList();
        GradCam cam = new GradCam(model.graph(), metadata.model(), layer);
        INDArray seen = read(metadata.preprocessing(), metadata.channels());
        Preprocessing plain = new Preprocessing(
                metadata.preprocessing().size(), metadata.preprocessing().cropFraction(), Normalization.UNIT_RANGE);
        INDArray shown = read(plain, 3);
        try (NetworkInference inference = NetworkInference.of(model.graph())) {
            for (int image = 0; image < images.size(); image++) {
                INDArray one = seen.get(NDArrayIndex.interval(image, image + 1));
                Subject subject = new Subject(number, image, HeatPicture.of(shown.slice(image)), metadata.labels());
                subject.original();
                GradCam.Looks looks = cam.look(one);
                List<Integer> classes = wanted.isEmpty()
                        ? List.of(looks.probabilities().argMax(1).getInt(0))
                        : wanted;
                for (int label : classes) {
                    double probability = looks.probabilities().getDouble(0, label);
                    HeatMap map = cam.maps(looks, new int[] {label}).get(0);
                    subject.heat(Explanation.GRAD_CAM, label, probability, map);
                    if (occlusion) {
                        HeatMap lost = new Occlusion(SQUARES, BATCH).of(inference, one, label);
                        subject.heat(Explanation.OCCLUSION, label, probability, lost);
                    }
                }
                if (featureMaps) {
                    subject.maps(looks.activations().slice(0));
                }
            }
        }
    }

    private static int index(String label, List<String> labels) {
        int index = labels.indexOf(label);
        if (index < 0) {
            throw new InvalidInputException(
                    "--label must be one of the model's classes " + labels.subList(0, Math.min(labels.size(), 10))
                            + (labels.size() > 10 ? " ..." : "") + ", found " + label);
        }
        return index;
    }

    /** The images as one batch, {@code [N, C, H, W]}. */
    private INDArray read(Preprocessing preprocessing, int channels) {
        ImagePipeline pipeline = ImagePipeline.builder(ImageSources.ofFiles(images, List.of("image", "other")))
                .size(preprocessing.size())
                .cropFraction(preprocessing.cropFraction())
                .normalization(preprocessing.normalization())
                .channels(channels)
                .batch(images.size())
                .strict(true)
                .build();
        try (EpochIterator batches = pipeline.epoch(0)) {
            return batches.next().getFeatures().dup('c');
        }
    }

    /** One image before one network. */
    private final class Subject {
        private final int model;
        private final String image;
        private final String stem;
        private final BufferedImage picture;
        private final List<String> names;

        Subject(int model, int image, BufferedImage picture, List<String> names) {
            this.model = model;
            this.image = images.get(image).toString();
            this.stem = String.format(Locale.ROOT, "%02d-%s", image + 1, plain(images.get(image)));
            this.picture = picture;
            this.names = names;
        }

        void original() {
            if (!originals.containsKey(image)) {
                String file = stem + ".png";
                HeatPicture.write(picture, out.resolve(file));
                originals.put(image, file);
            }
        }

        void heat(String kind, int label, double probability, HeatMap map) {
            String name = names.get(label);
            add(kind, name, probability, "." + label, HeatPicture.over(picture, map));
        }

        void maps(INDArray activations) {
            add(Explanation.FEATURE_MAPS, "", 0, "", HeatPicture.featureMaps(activations, 448));
        }

        private void add(String kind, String label, double probability, String end, BufferedImage drawn) {
            String file = stem + ".model" + (model + 1) + "."
                    + kind.toLowerCase(Locale.ROOT).replace(' ', '-') + end + ".png";
            HeatPicture.write(drawn, out.resolve(file));
            explanations.add(new Explanation(image, models.get(model).toString(), kind, label, probability, file));
        }

        private static String plain(Path file) {
            String name = file.getFileName().toString();
            int dot = name.lastIndexOf('.');
            return (dot > 0 ? name.substring(0, dot) : name).replaceAll("[^A-Za-z0-9_-]", "_");
        }
    }
}
