package org.efficientnet4j.cli.commands;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.efficientnet4j.backend.Backend;
import org.efficientnet4j.cli.Effnet;
import org.efficientnet4j.models.ModelCatalog;
import org.efficientnet4j.train.ModelFile;
import org.efficientnet4j.weights.WeightExport;
import org.efficientnet4j.weights.names.WeightSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code effnet export}: writes a model file's network for other programs. */
@Command(
        name = "export",
        description = "Writes a model file's weights for another library.",
        footer = {
            "",
            "torchvision pads symmetrically, as timm does but for its tf_ models: weights trained here with SAME padding",
            "compute the same in timm's tf_ models alone.",
            "",
            "Example:",
            "  effnet export runs/photos/model.zip --safetensors b0.safetensors --names timm"
        })
public final class ExportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "MODEL_FILE", description = "A run's model.zip.")
    private Path modelFile;

    @Option(names = "--safetensors", required = true, paramLabel = "F", description = "The weights to write.")
    private Path safetensors;

    @Option(
            names = "--names",
            paramLabel = "LIBRARY",
            description = "Whose names to use: ${COMPLETION-CANDIDATES} (timm).")
    private WeightSource names = WeightSource.TIMM;

    /** Created by {@link Effnet}. */
    public ExportCommand() {}

    @Override
    public Integer call() {
        Backend.requireUsable();
        ModelFile model = ModelFile.read(modelFile);
        WeightExport.write(model.graph(), ModelCatalog.find(model.metadata().model()), names, safetensors);
        spec.commandLine().getOut().println("Wrote " + safetensors + " by " + names + "'s names.");
        return Effnet.OK;
    }
}
