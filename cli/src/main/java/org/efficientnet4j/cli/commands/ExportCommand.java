package org.efficientnet4j.cli.commands;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.efficientnet4j.backend.Backend;
import org.efficientnet4j.cli.ExitCode;
import org.efficientnet4j.core.text.Printable;
import org.efficientnet4j.export.OnnxExport;
import org.efficientnet4j.export.OnnxExport.Output;
import org.efficientnet4j.model.ModelFile;
import org.efficientnet4j.weights.LibraryTwin;
import org.efficientnet4j.weights.WeightExport;
import org.efficientnet4j.weights.names.WeightSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code effnet export}: writes a model file's network for other programs. */
@Command(
        name = "export",
        description = "Writes a model file's network as ONNX, or its weights under another library's names.",
        footer = {
            "",
            "An ONNX file takes batches and images of any size, normalised as its metadata say.",
            "",
            "torchvision pads symmetrically, as timm does but for its tf_ models: networks with SAME padding go out for",
            "timm's tf_ models alone.",
            "",
            "Examples:",
            "  effnet export runs/photos/model.zip --onnx photos.onnx",
            "  effnet export runs/photos/model.zip --safetensors b0.safetensors --names timm"
        })
public final class ExportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "MODEL_FILE", description = "A run's model.zip.")
    private Path modelFile;

    @Option(names = "--onnx", paramLabel = "F", description = "The ONNX file to write.")
    private Path onnx;

    @Option(names = "--logits", description = "With --onnx: leave softmax out.")
    private boolean logits;

    @Option(names = "--safetensors", paramLabel = "F", description = "The weights to write.")
    private Path safetensors;

    @Option(
            names = "--names",
            paramLabel = "LIBRARY",
            converter = SourceFlag.Libraries.class,
            description = "Whose names to use: timm, torchvision or efficientnet-pytorch (timm).")
    private WeightSource names = WeightSource.TIMM;

    /** Created by the command line. */
    public ExportCommand() {}

    @Override
    public Integer call() {
        if (onnx == null && safetensors == null) {
            throw new ParameterException(spec.commandLine(), "Name what to write: --onnx F or --safetensors F");
        }
        Backend.requireUsable();
        ModelFile model = ModelFile.read(modelFile);
        PrintWriter stdout = spec.commandLine().getOut();
        if (onnx != null) {
            OnnxExport.write(model, logits ? Output.LOGITS : Output.PROBABILITIES, onnx);
            stdout.println("Wrote " + Printable.line(onnx.toString()) + ": images [batch, "
                    + model.metadata().channels() + ", height, width] to "
                    + (logits ? "logits" : "probabilities") + " of "
                    + model.metadata().labels().size() + " classes.");
        }
        if (safetensors != null) {
            WeightSource library = Optional.ofNullable(names).orElse(WeightSource.TIMM);
            LibraryTwin twin =
                    WeightExport.write(model.graph(), model.metadata().model(), library, safetensors);
            stdout.println("Wrote " + Printable.line(safetensors.toString()) + " by " + library + "'s names, for its "
                    + twin.name()
                    + (twin.setting().isEmpty() ? "" : " made with " + twin.setting())
                    + twin.epsilon()
                            .map(epsilon -> "; batch-norm epsilon " + epsilon)
                            .orElse("") + ".");
        }
        return ExitCode.OK;
    }
}
