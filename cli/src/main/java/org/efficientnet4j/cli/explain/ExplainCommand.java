package org.efficientnet4j.cli.explain;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.efficientnet4j.backend.Backend;
import org.efficientnet4j.cli.ExitCode;
import org.efficientnet4j.cli.JsonOutput;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.text.Printable;
import org.efficientnet4j.explain.ExplainedLayers;
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

    /** Created by the command line. */
    public ExplainCommand() {}

    @Override
    public Integer call() {
        List<Path> distinct = List.copyOf(images.stream()
                .collect(Collectors.toMap(
                        image -> image.toAbsolutePath().normalize(),
                        image -> image,
                        (first, again) -> first,
                        LinkedHashMap::new))
                .values());
        for (Path image : distinct) {
            if (!Files.isRegularFile(image)) {
                throw new InvalidInputException("There is no image file " + image + ": check the path");
            }
        }
        List<ExplainedModel> explained = IntStream.range(0, models.size())
                .mapToObj(number -> ExplainedModel.of(number, models.get(number), labels, layer))
                .toList();
        Backend.requireUsable();
        ExplainedFolder folder = new ExplainedFolder(out, distinct);
        explained.forEach(model -> model.explain(distinct, occlusion, featureMaps, folder));
        Path page = folder.writePage(layer);
        PrintWriter printer = spec.commandLine().getOut();
        if (json) {
            Map<String, Object> printed = new LinkedHashMap<>();
            printed.put("page", page.toString());
            printed.put("layer", layer);
            printed.put("pictures", folder.byImage());
            printer.println(JsonOutput.format(printed));
        } else {
            folder.byImage().forEach(each -> printer.println(Printable.line(line(each))));
            printer.println(Printable.line("Open " + page));
        }
        return ExitCode.OK;
    }

    private String line(Explanation each) {
        String about = each.label().isEmpty()
                ? ""
                : String.format(Locale.ROOT, " of %s (%.1f %%)", each.label(), 100 * each.probability());
        return each.image() + ", " + each.model() + ": " + each.kind().title() + about + " in "
                + out.resolve(each.picture());
    }
}
