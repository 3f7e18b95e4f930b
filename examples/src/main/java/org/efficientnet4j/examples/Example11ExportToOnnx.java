package org.efficientnet4j.examples;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.efficientnet4j.core.Preprocessing;
import org.efficientnet4j.data.ImageSource;
import org.efficientnet4j.data.pipeline.EpochIterator;
import org.efficientnet4j.data.pipeline.ImagePipeline;
import org.efficientnet4j.data.source.ImageSources;
import org.efficientnet4j.data.source.SplitOptions;
import org.efficientnet4j.examples.support.EpochLines;
import org.efficientnet4j.examples.support.Flags;
import org.efficientnet4j.examples.support.Flags.Given;
import org.efficientnet4j.examples.support.SmallNetwork;
import org.efficientnet4j.export.OnnxExport;
import org.efficientnet4j.export.OnnxExport.Output;
import org.efficientnet4j.graph.Logits;
import org.efficientnet4j.model.ModelFile;
import org.efficientnet4j.train.ImageTraining;
import org.efficientnet4j.train.options.Augmentation;
import org.efficientnet4j.train.options.DataOptions;
import org.efficientnet4j.train.run.TrainingRun;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Takes a trained network out of Java's world: writes ONNX, runs it in ONNX Runtime as any other program would, knowing the
 * file alone, and compares the logits with our own.
 */
public final class Example11ExportToOnnx {
    static final Flags FLAGS = Flags.of(
                    "11 export-to-onnx",
                    "Trains the small network for an epoch (or takes a model file), writes ONNX and runs it in ONNX Runtime.",
                    "Expect logits that differ in the sixth digit at most. Takes 5 to 20 seconds, with --quick 4 to 10.")
            .with("--model", "FILE", "", "a model.zip; trained here if left out")
            .with("--data", "SOURCE", "shapes:2000", "shapes:500", "images to train on, and to compare on")
            .with("--out", "DIR", "runs/11", "folder of the ONNX file")
            .inOrder("--model");

    private Example11ExportToOnnx() {}

    /**
     * Result of the run.
     *
     * @param file the ONNX file
     * @param labels class names, as the file itself tells them
     * @param images how many were compared
     * @param ours logits of our network, a row an image
     * @param theirs logits of ONNX Runtime
     * @param largestDifference of a logit
     * @param sameAnswers images to which both give the same class
     */
    public record Result(
            Path file,
            List<String> labels,
            int images,
            INDArray ours,
            INDArray theirs,
            double largestDifference,
            int sameAnswers) {}

    /** Exports and compares. */
    public static void main(String[] args) throws OrtException {
        Optional<Given> given = FLAGS.read(args);
        if (given.isPresent()) {
            run(given.get());
        }
    }

    static Result run(Given given) throws OrtException {
        Path out = Path.of(given.text("--out"));
        Path modelFile = given.has("--model") ? Path.of(given.text("--model")) : train(given, out.resolve("run"));
        ModelFile model = ModelFile.read(modelFile);
        Path onnx = out.resolve("model.onnx");
        OnnxExport.write(model, Output.LOGITS, onnx);
        System.out.printf("Wrote %s: any image size and batch, batch norm folded into convolutions.%n", onnx);

        INDArray images = images(given.text("--data"), model.metadata().preprocessing());
        INDArray ours = Logits.of(model.graph(), images);
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(onnx.toString());
                OnnxTensor input = OnnxTensor.createTensor(
                        environment, FloatBuffer.wrap(images.dup('c').data().asFloat()), images.shape());
                OrtSession.Result output = session.run(Map.of("images", input))) {
            Map<String, String> told = session.getMetadata().getCustomMetadata();
            System.out.printf(
                    "The file tells a program what it needs: size %s, mean %s, std %s, labels %s%n",
                    told.get("size"),
                    told.get("mean"),
                    told.get("std"),
                    told.get("labels").replace("\n", ", "));
            INDArray theirs = Nd4j.create((float[][]) output.get(0).getValue());
            double largest = ours.sub(theirs).amaxNumber().doubleValue();
            int same = ours.argMax(1)
                    .eq(theirs.argMax(1))
                    .castTo(DataType.INT32)
                    .sumNumber()
                    .intValue();
            System.out.printf(
                    Locale.ROOT,
                    "%d images: logits up to %.2f, largest difference %.1e; the same answer to %d of %d.%n",
                    images.size(0),
                    ours.amaxNumber().doubleValue(),
                    largest,
                    same,
                    images.size(0));
            return new Result(
                    onnx, List.of(told.get("labels").split("\n")), (int) images.size(0), ours, theirs, largest, same);
        }
    }

    private static Path train(Given given, Path directory) {
        ImageTraining training = ImageTraining.prepare(
                SmallNetwork.options(given.text("--data"), 32, 1).set(DataOptions.AUGMENTATION, Augmentation.NONE),
                SmallNetwork.model());
        TrainingRun run = TrainingRun.overwrite(directory, training.options());
        training.trainer(run).listener(new EpochLines("  ")).train();
        return run.modelFile();
    }

    /** Some held-out images as the network wants them, {@code [N, 3, size, size]}. */
    private static INDArray images(String source, Preprocessing preprocessing) {
        ImageSource heldOut = ImageSources.open(source, SplitOptions.DEFAULT).validation();
        ImagePipeline pipeline = ImagePipeline.builder(heldOut)
                .size(preprocessing.size())
                .cropFraction(preprocessing.cropFraction())
                .normalization(preprocessing.normalization())
                .batch(Math.min(32, heldOut.size()))
                .build();
        try (EpochIterator batches = pipeline.epoch(0)) {
            return batches.next().getFeatures();
        }
    }
}
