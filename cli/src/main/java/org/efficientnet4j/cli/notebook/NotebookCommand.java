package org.efficientnet4j.cli.notebook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.efficientnet4j.cli.ExitCode;
import org.efficientnet4j.core.InvalidInputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code effnet notebook}: starts Jupyter with a Java kernel that has the toolkit, or executes notebooks without a browser. */
@Command(
        name = "notebook",
        description = "Starts Jupyter with the Java kernel and the notebooks, or executes them without a browser.",
        footer = {
            "",
            "The kernel is described in the project's folder, not in yours. Stop Jupyter with Ctrl-C.",
            "",
            "Examples:",
            "  effnet notebook",
            "  effnet notebook notebooks/02-compound-scaling.ipynb --no-browser --port 8890",
            "  effnet notebook --execute",
            "  effnet notebook --execute mine.ipynb"
        })
public final class NotebookCommand implements Callable<Integer> {
    /** The launcher's property for the folder of the project. */
    static final String ROOT = "effnet.root";

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE",
            description = "The notebook to open; with --execute those to execute, the project's own if left out.")
    private List<Path> files = List.of();

    @Option(
            names = "--execute",
            description = "Execute notebooks from their first cell to their last and write the outputs into them.")
    private boolean execute;

    @Option(names = "--no-browser", description = "Print Jupyter's address instead of opening a browser.")
    private boolean noBrowser;

    @Option(names = "--port", paramLabel = "N", description = "Jupyter's port; a free one from 8888 on if left out.")
    private Integer port;

    @Option(
            names = "--jupyter",
            paramLabel = "ARG",
            description = "Another argument for Jupyter, such as --jupyter=--allow-root; may be given several times.")
    private List<String> more = List.of();

    /** Created by the command line. */
    public NotebookCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        checkArguments();
        Path root = root();
        Jupyter jupyter = Jupyter.onPath(System.getenv("PATH"));
        Path program = execute ? jupyter.converter() : jupyter.server();
        String classPath = ClassPathScript.run(root, spec.commandLine().getErr());
        return execute ? execute(root, classPath) : serve(root, classPath, program);
    }

    private void checkArguments() {
        for (Path file : files) {
            if (!Files.isRegularFile(file)) {
                throw new InvalidInputException("FILE must be a notebook, found no file " + file);
            }
        }
        if (!execute && files.size() > 1) {
            throw new InvalidInputException(
                    "Jupyter opens 1 notebook at a time, found " + files.size() + ": name one, or --execute them all");
        }
        if (execute && (noBrowser || port != null || !more.isEmpty())) {
            throw new InvalidInputException(
                    "--execute starts no server: leave --no-browser, --port and --jupyter out, or --execute");
        }
        if (port != null && (port < 1 || port > 65535)) {
            throw new InvalidInputException("--port must be 1 to 65535, found " + port);
        }
    }

    private static Path root() {
        String root = System.getProperty(ROOT, "");
        if (root.isEmpty() || !Files.isDirectory(Path.of(root, "notebooks"))) {
            throw new InvalidInputException(
                    "The notebooks must be beside the program: start ./effnet in a checkout of the project");
        }
        return Path.of(root);
    }

    private int execute(Path root, String classPath) throws IOException, InterruptedException {
        List<String> command = java(classPath, "org.efficientnet4j.notebooks.NotebookRunner");
        for (Path file : files.isEmpty() ? own(root) : files) {
            command.add(file.toAbsolutePath().toString());
        }
        return Child.run(new ProcessBuilder(command)) == 0 ? ExitCode.OK : ExitCode.FAILURE;
    }

    private int serve(Path root, String classPath, Path program) throws IOException, InterruptedException {
        Path data = root.resolve("notebooks/target/jupyter");
        List<String> install = java(classPath, "org.efficientnet4j.notebooks.KernelSpec");
        install.add(data.toString());
        if (Child.run(new ProcessBuilder(install)) != 0) {
            return ExitCode.FAILURE;
        }
        List<String> command = new ArrayList<>(List.of(program.toString()));
        if (noBrowser) {
            command.add("--no-browser");
        }
        if (port != null) {
            command.add("--port=" + port);
        }
        command.addAll(more);
        Path folder = root.resolve("notebooks");
        if (!files.isEmpty()) {
            Path file = files.get(0).toAbsolutePath();
            folder = file.getParent();
            command.add(file.getFileName().toString());
        }
        ProcessBuilder server = new ProcessBuilder(command).directory(folder.toFile());
        server.environment().merge("JUPYTER_PATH", data.toString(), (old, added) -> added + ":" + old);
        return Child.run(server) == 0 ? ExitCode.OK : ExitCode.FAILURE;
    }

    private static List<Path> own(Path root) throws IOException {
        try (Stream<Path> all = Files.list(root.resolve("notebooks"))) {
            return all.filter(file -> file.toString().endsWith(".ipynb"))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> java(String classPath, String main) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ArrayList<>(List.of(java, "-XX:+UseSerialGC", "-cp", classPath, main));
    }
}
