package org.efficientnet4j.cli.commands;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.efficientnet4j.backend.Backend;
import org.efficientnet4j.cli.ExitCode;
import org.efficientnet4j.cli.JsonOutput;
import org.efficientnet4j.cli.Terminal;
import org.efficientnet4j.cli.progress.ProgressLine;
import org.efficientnet4j.core.text.Printable;
import org.efficientnet4j.data.DataPart;
import org.efficientnet4j.data.DataParts;
import org.efficientnet4j.data.ImageSource;
import org.efficientnet4j.data.pipeline.ImagePipeline;
import org.efficientnet4j.data.source.ImageLister;
import org.efficientnet4j.data.source.ImageSources;
import org.efficientnet4j.features.Embeddings;
import org.efficientnet4j.features.FeatureExtractor;
import org.efficientnet4j.model.ModelFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code effnet embed}: writes a network's features of images to a file. */
@Command(
        name = "embed",
        description = "Writes what a network sees in images, as vectors or feature maps, to a CSV or NPY file.",
        footer = {
            "",
            "CSV has the columns image, label, f0, f1 ...; of a feature map its mean over height and width. NPY has"
                    + " float32 [N, C], or maps [N, C, H, W], and a file .names.csv beside it.",
            "",
            "Examples:",
            "  effnet embed --model runs/pets/model.zip --data photos --out photos.csv",
            "  effnet embed --model b0.zip --data unsorted --layer stride16 --out maps.npy"
        })
public final class EmbedCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--model", required = true, paramLabel = "MODEL_FILE", description = "A run's model.zip.")
    private Path modelFile;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "SOURCE",
            description = "The images, as for train, all parts of them; or a folder of images without sub-folders,"
                    + " whose labels are left empty.")
    private String data;

    @Mixin
    private CsvFlags csvFlags;

    @Option(names = "--out", required = true, paramLabel = "F", description = "The .csv or .npy file to write.")
    private Path out;

    @Option(
            names = "--layer",
            paramLabel = "NAME",
            defaultValue = FeatureExtractor.POOLED,
            description = "pooled, what the classifier reads, or stride2 to stride32, the last map of that stride"
                    + " (${DEFAULT-VALUE}).")
    private String layer;

    @Mixin
    private InferenceFlags flags;

    /** Created by the command line. */
    public EmbedCommand() {}

    @Override
    public Integer call() {
        Embeddings.requireKnownFormat(out);
        Backend.requireUsable();
        ModelFile model = ModelFile.read(modelFile);
        FeatureExtractor extractor =
                new FeatureExtractor(model.graph(), model.metadata().model(), List.of(layer));
        ImagePipeline images = flags.pipeline(model, source(model));
        int written = write(new Embeddings(extractor, images), images.source().size());
        InferenceFlags.reportSkipped(
                images.skipped(), images.source().size(), spec.commandLine().getErr());
        report(written, images.skipped().size());
        return ExitCode.OK;
    }

    private int write(Embeddings embeddings, double total) {
        ProgressLine line = new ProgressLine(spec.commandLine().getErr(), Terminal.standardError(), System::nanoTime);
        try {
            return embeddings.write(out, done -> line.show("embedding", done / total, List.of()));
        } finally {
            line.erase();
        }
    }

    private ImageSource source(ModelFile model) {
        PrintWriter err = spec.commandLine().getErr();
        Path folder = Path.of(data);
        if (Files.isDirectory(folder) && !ImageLister.hasFolders(folder)) {
            return ImageSources.ofFiles(
                    ImageFiles.below(folder, err), model.metadata().labels());
        }
        JudgedImages.Wish wish = new JudgedImages.Wish(csvFlags.named(data), DataPart.ALL, null, null);
        DataParts parts = JudgedImages.open(modelFile, model.metadata(), wish).parts();
        DataNotes.leftOut(parts.leftOut(), err);
        return parts.all();
    }

    private void report(int written, int skipped) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("out", out.toString());
        summary.put("layer", layer);
        summary.put("images", written);
        summary.put("skippedImages", skipped);
        PrintWriter stdout = spec.commandLine().getOut();
        if (flags.json()) {
            stdout.println(JsonOutput.format(summary));
        } else {
            stdout.printf(Locale.ROOT, "Wrote %s: %s of %,d images.%n", Printable.line(out.toString()), layer, written);
        }
    }
}
