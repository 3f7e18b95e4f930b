package org.efficientnet4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every block of Java in the pages compiles. */
class JavaBlocksTest {
    private static final Path ROOT = Path.of("..");
    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

    /** The names that blocks use without declaring them, as the text around them says. */
    private static final String GIVEN = """
            static INDArray images;
            static ComputationGraph network;
            static ModelDefinition model;
            static StudySpecification specification;
            static DataSetIterator batches;
            static DataSetIterator heldOut;
            static Path file;
            static int epochs;
            static long steps;
            static final class MyLayer {}
            """;

    /** Names that several libraries have: the blocks mean these. */
    private static final List<String> MEANT = List.of(
            "java.util.List",
            "java.util.OptionalDouble",
            "java.nio.file.Path",
            "org.deeplearning4j.nn.graph.ComputationGraph",
            "org.deeplearning4j.earlystopping.EarlyStoppingConfiguration",
            "org.deeplearning4j.earlystopping.saver.InMemoryModelSaver",
            "org.deeplearning4j.earlystopping.scorecalc.ClassificationScoreCalculator",
            "org.deeplearning4j.earlystopping.termination.MaxEpochsTerminationCondition",
            "org.deeplearning4j.earlystopping.termination.ScoreImprovementEpochTerminationCondition",
            "org.deeplearning4j.earlystopping.trainer.EarlyStoppingGraphTrainer",
            "org.deeplearning4j.nn.conf.ConvolutionMode",
            "org.deeplearning4j.nn.conf.graph.PreprocessorVertex",
            "org.deeplearning4j.nn.conf.layers.ConvolutionLayer",
            "org.deeplearning4j.nn.conf.layers.DenseLayer",
            "org.deeplearning4j.nn.conf.layers.OutputLayer",
            "org.deeplearning4j.nn.transferlearning.FineTuneConfiguration",
            "org.deeplearning4j.optimize.api.InvocationType",
            "org.deeplearning4j.optimize.listeners.EvaluativeListener",
            "org.deeplearning4j.optimize.listeners.ScoreIterationListener",
            "org.nd4j.evaluation.classification.Evaluation",
            "org.nd4j.linalg.api.ndarray.INDArray",
            "org.nd4j.linalg.dataset.api.iterator.DataSetIterator",
            "org.nd4j.linalg.learning.config.Adam",
            "org.nd4j.linalg.lossfunctions.LossFunctions",
            "org.efficientnet4j.plan.PlanBuilder.Layer",
            "org.efficientnet4j.plan.Section.Kind",
            "org.efficientnet4j.transfer.TransferLearning");

    @TempDir
    private static Path classes;

    private record Block(Path page, int line, String text) {
        /** ND4J's activations are those of DL4J's layers, ours those of plans. */
        String activation() {
            return text.contains("PlanBuilder")
                    ? "org.efficientnet4j.plan.Activation"
                    : "org.nd4j.linalg.activations.Activation";
        }
    }

    private static List<Block> blocks(Path page) throws IOException {
        List<Block> blocks = new ArrayList<>();
        StringBuilder text = null;
        int number = 0;
        int start = 0;
        for (String line : Files.readAllLines(page)) {
            number++;
            if (line.equals("```java")) {
                text = new StringBuilder();
                start = number + 1;
            } else if (line.equals("```") && text != null) {
                blocks.add(new Block(page, start, text.toString()));
                text = null;
            } else if (text != null) {
                text.append(line).append('\n');
            }
        }
        return blocks;
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        for (Path folder : List.of(ROOT, ROOT.resolve("docs"), ROOT.resolve("examples"), ROOT.resolve("notebooks"))) {
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
            }
        }
        return pages;
    }

    /** The messages of the compiler, none for a block that is right. */
    private static List<String> errors(Block block) throws IOException {
        DiagnosticCollector<JavaFileObject> told = new DiagnosticCollector<>();
        try (JavaFileManager files = COMPILER.getStandardFileManager(told, Locale.ROOT, null)) {
            String head = Stream.concat(
                                    Stream.concat(MEANT.stream(), Stream.of(block.activation())),
                                    packages(files).stream().map(name -> name + ".*"))
                            .map(name -> "import " + name + ";")
                            .collect(Collectors.joining(" "))
                    + " class Block { " + GIVEN.replace('\n', ' ') + " static void block() throws Exception {\n";
            JavaFileObject source =
                    new SimpleJavaFileObject(URI.create("string:///Block.java"), JavaFileObject.Kind.SOURCE) {
                        @Override
                        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                            return head + block.text() + "}}";
                        }
                    };
            COMPILER.getTask(
                            new StringWriter(),
                            files,
                            told,
                            List.of("-proc:none", "-implicit:none", "-d", classes.toString()),
                            null,
                            List.of(source))
                    .call();
        }
        return told.getDiagnostics().stream()
                .filter(one -> one.getKind() == Diagnostic.Kind.ERROR)
                .map(one -> block.page() + ":" + (block.line() + one.getLineNumber() - 2) + ": "
                        + one.getMessage(Locale.ROOT))
                .toList();
    }

    private static Set<String> packages(JavaFileManager files) throws IOException {
        Set<String> packages = new TreeSet<>();
        for (JavaFileObject type : files.list(
                StandardLocation.CLASS_PATH, "org.efficientnet4j", Set.of(JavaFileObject.Kind.CLASS), true)) {
            String name = files.inferBinaryName(StandardLocation.CLASS_PATH, type);
            packages.add(name.substring(0, name.lastIndexOf('.')));
        }
        return packages;
    }

    @Test
    void everyBlockCompiles() throws IOException {
        List<String> errors = new ArrayList<>();
        int blocks = 0;
        for (Path page : pages()) {
            for (Block block : blocks(page)) {
                blocks++;
                errors.addAll(errors(block));
            }
        }
        assertTrue(blocks >= 15, "blocks found: " + blocks);
        assertEquals("", String.join("\n", errors));
    }

    @Test
    void aBlockThatIsWrongIsTold() throws IOException {
        List<String> errors =
                errors(new Block(Path.of("page.md"), 7, "ModelDefinition model =\n    ModelCatalog.found(\"b0\");\n"));
        assertEquals(1, errors.size(), errors.toString());
        assertTrue(errors.get(0).startsWith("page.md:8: "), errors.get(0));
    }
}
