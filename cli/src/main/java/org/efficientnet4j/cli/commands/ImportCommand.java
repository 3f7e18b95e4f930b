package org.efficientnet4j.cli.commands;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.efficientnet4j.backend.Backend;
import org.efficientnet4j.cli.ExitCode;
import org.efficientnet4j.cli.JsonOutput;
import org.efficientnet4j.cli.NamedModel;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.Normalization;
import org.efficientnet4j.core.Preprocessing;
import org.efficientnet4j.core.files.FileErrors;
import org.efficientnet4j.core.text.Printable;
import org.efficientnet4j.model.ModelFile;
import org.efficientnet4j.model.ModelMetadata;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.plan.PlanSettings;
import org.efficientnet4j.weights.TensorFile;
import org.efficientnet4j.weights.WeightImport;
import org.efficientnet4j.weights.WeightLocation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code effnet import}: makes a model file of another library's weights. */
@Command(
        name = "import",
        description = "Makes a model file of another library's weights; every tensor is accounted for.",
        footer = {
            "",
            "NAME is the library's own name of the model: timm's tf_efficientnet_b0 and efficientnet_b0 pad differently.",
            "The library decides padding, batch norm's epsilon and what the network expects of pixels.",
            "",
            "Examples:",
            "  effnet import efficientnet_b0 --weights b0.safetensors --source torchvision --out b0.zip",
            "  effnet import EfficientNetV2B0 --weights efficientnetv2-b0.h5 --out b0.zip"
        })
public final class ImportCommand implements Callable<Integer> {
    private static final double CROP_FRACTION = 0.875;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "The model, by the library's name.")
    private NamedModel name;

    @Option(
            names = "--weights",
            required = true,
            paramLabel = "F",
            description = "A safetensors, PyTorch or Keras file, or an address https://...#sha256=... of one.")
    private String weights;

    @Mixin
    private SourceFlag source;

    @Option(names = "--out", required = true, paramLabel = "model.zip", description = "The model file to write.")
    private Path out;

    @Option(
            names = "--labels",
            paramLabel = "F",
            description = "A file with a class name a line (class_0, class_1 ...).")
    private Path labels;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** Created by the command line. */
    public ImportCommand() {}

    @Override
    public Integer call() {
        ModelDefinition model = name.definition();
        Optional<List<String>> names = Optional.ofNullable(labels).map(ImportCommand::lines);
        Backend.requireUsable();
        Path weightFile =
                Downloads.file(WeightLocation.parse(weights), spec.commandLine().getErr());
        WeightImport weightImport;
        Normalization normalization;
        ComputationGraph network;
        try (TensorFile file = source.open(weightFile, spec.commandLine().getErr())) {
            weightImport = new WeightImport(name.text(), model, source.of(file, model));
            normalization = weightImport.normalization(file);
            int classes = names.map(List::size).orElseGet(() -> weightImport.classesOf(file));
            network = weightImport.read(file, weightImport.options(classes).build());
        }
        int classes = (int) network.getParam("classifier_b").length();
        ModelMetadata metadata = new ModelMetadata(
                model,
                names.orElseGet(() -> numbered(classes)),
                PlanSettings.RGB,
                new Preprocessing(model.evalSize(), CROP_FRACTION, normalization),
                Optional.empty());
        new ModelFile(network, metadata).write(out);
        report(weightImport, classes, network.numParams());
        return ExitCode.OK;
    }

    private void report(WeightImport weightImport, int classes, long parameters) {
        String padding = weightImport.convention().padding().toString();
        double epsilon = weightImport.convention().batchNorm().epsilon();
        spec.commandLine()
                .getOut()
                .println(
                        json
                                ? JsonOutput.format(Map.of(
                                        "model", weightImport.model().name(),
                                        "source", weightImport.source().toString(),
                                        "out", out.toString(),
                                        "classes", classes,
                                        "parameters", parameters,
                                        "padding", padding,
                                        "batchNormEpsilon", epsilon))
                                : "Wrote %s: %s's %s with %,d parameters, %,d classes, %s padding, batch-norm epsilon %s."
                                        .formatted(
                                                Printable.line(out.toString()),
                                                weightImport.source(),
                                                weightImport.model().name(),
                                                parameters,
                                                classes,
                                                padding,
                                                epsilon));
    }

    private static List<String> numbered(int classes) {
        return IntStream.range(0, classes).mapToObj(i -> "class_" + i).toList();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> !line.isBlank())
                    .toList();
        } catch (IOException e) {
            throw new InvalidInputException("Cannot read the labels " + file + ": " + FileErrors.reason(e), e);
        }
    }
}
