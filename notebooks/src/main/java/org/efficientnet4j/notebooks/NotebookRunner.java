package org.efficientnet4j.notebooks;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.efficientnet4j.core.files.AtomicFiles;

/** Executes a notebook without a browser, through {@code jupyter-nbconvert}, on a kernel with this JVM's class path. */
public final class NotebookRunner {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectWriter AS_JUPYTER = asJupyter();
    private static final String CONVERTER = "jupyter-nbconvert";
    private static final int CELL_SECONDS = 300;

    /** The kernel sometimes misses Jupyter's first question and then waits for ever; a new start mends it. */
    private static final int START_SECONDS = 25;

    private static final int START_ATTEMPTS = 9;

    private NotebookRunner() {}

    /**
     * Executes the notebooks given as arguments and writes their outputs into them. One that fails stays as it was; the
     * others go on, and the exit code is 1.
     */
    public static void main(String[] args) throws InterruptedException {
        int failed = 0;
        for (String argument : args) {
            Path notebook = Path.of(argument);
            System.out.println("Executing " + notebook + " ...");
            long start = System.nanoTime();
            try {
                executeInPlace(notebook);
                System.out.println("  done in " + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start) + " s");
            } catch (IOException e) {
                failed++;
                System.err.println(e.getMessage());
            }
        }
        if (failed > 0) {
            System.err.println(failed + " of " + args.length + " notebooks failed and stayed as they were");
            System.exit(1);
        }
    }

    private static void executeInPlace(Path notebook) throws IOException, InterruptedException {
        Path work = Files.createTempDirectory("notebook");
        try {
            AtomicFiles.writeText(notebook, Files.readString(execute(notebook, work)));
        } finally {
            deleteAll(work);
        }
    }

    private static void deleteAll(Path folder) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> files = Files.walk(folder)) {
            deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : deepestFirst) {
            Files.delete(file);
        }
    }

    /** Returns whether {@code jupyter-nbconvert} is on the path. */
    public static boolean isJupyterInstalled() throws InterruptedException {
        try {
            Process process = new ProcessBuilder(CONVERTER, "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException notThere) {
            return false;
        }
    }

    /**
     * Executes a copy of a notebook from its first cell to its last.
     *
     * @param notebook the notebook, left as it is
     * @param work an empty folder for the kernel's description, the log and the result
     * @return the executed notebook, without times of execution, formatted as the committed ones are
     * @throws IOException if a cell fails; the message ends with Jupyter's log
     */
    public static Path execute(Path notebook, Path work) throws IOException, InterruptedException {
        KernelSpec.write(work);
        for (int attempt = 1; attempt < START_ATTEMPTS; attempt++) {
            try {
                return executeOnce(notebook, work);
            } catch (KernelSilentException e) {
                System.err.println("The kernel started and did not answer; once more (" + attempt + ")");
            }
        }
        return executeOnce(notebook, work);
    }

    private static Path executeOnce(Path notebook, Path work) throws IOException, InterruptedException {
        Path log = work.resolve("nbconvert.log");
        Path executed = work.resolve("executed.ipynb");
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        CONVERTER,
                        "--to",
                        "notebook",
                        "--execute",
                        "--ExecutePreprocessor.kernel_name=" + KernelSpec.NAME,
                        "--ExecutePreprocessor.timeout=" + CELL_SECONDS,
                        "--ExecutePreprocessor.record_timing=False",
                        "--ExecutePreprocessor.startup_timeout=" + START_SECONDS,
                        "--output",
                        executed.toAbsolutePath().toString(),
                        notebook.toAbsolutePath().toString()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("JUPYTER_PATH", work.toAbsolutePath().toString());
        builder.environment().put("OMP_NUM_THREADS", "1");
        Process process = builder.start();
        try {
            process.waitFor();
        } finally {
            stop(process);
        }
        if (process.exitValue() != 0 || !Files.isRegularFile(executed)) {
            String output = Files.readString(log);
            if (output.contains("Kernel didn't respond")) {
                throw new KernelSilentException();
            }
            throw new IOException("The notebook " + notebook + " must run from its first cell to its last, but "
                    + CONVERTER + " ended with code " + process.exitValue() + ":\n" + output);
        }
        writeAsCommitted(executed);
        return executed;
    }

    // An interrupted wait must not leave a kernel behind: it holds gigabytes.
    private static void stop(Process process) throws InterruptedException {
        if (process.isAlive()) {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            process.waitFor(10, TimeUnit.SECONDS);
        }
    }

    private static void writeAsCommitted(Path executed) throws IOException {
        JsonNode notebook = JSON.readTree(executed.toFile());
        ((ObjectNode) notebook.path("metadata")).remove("language_info");
        Files.writeString(executed, text(notebook));
    }

    /** A notebook's file as Jupyter itself saves it, so that little differs where someone does. */
    static String text(JsonNode notebook) throws IOException {
        return AS_JUPYTER.writeValueAsString(JSON.treeToValue(notebook, Object.class)) + "\n";
    }

    private static ObjectWriter asJupyter() {
        DefaultIndenter indenter = new DefaultIndenter(" ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withArrayEmptySeparator("")
                .withObjectEmptySeparator(""));
        printer.indentArraysWith(indenter);
        printer.indentObjectsWith(indenter);
        return JSON.writer(printer).with(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
    }

    /** A kernel that started and never answered. */
    private static final class KernelSilentException extends IOException {
        private static final long serialVersionUID = 1L;
    }
}
