package org.efficientnet4j.cli.notebook;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.efficientnet4j.core.InvalidInputException;

/**
 * Jupyter's programs among the folders that a shell would look in.
 *
 * @param folders in their order
 */
record Jupyter(List<Path> folders) {
    Jupyter {
        folders = List.copyOf(folders);
    }

    /**
     * Looks in the folders of a search path.
     *
     * @param path as the variable {@code PATH} has it; null for none
     */
    static Jupyter onPath(String path) {
        return new Jupyter(Arrays.stream((path == null ? "" : path).split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(Path::of)
                .toList());
    }

    /**
     * The program that serves notebooks to a browser.
     *
     * @throws InvalidInputException if there is none; the message says how to get it
     */
    Path server() {
        return find("jupyter-notebook")
                .or(() -> find("jupyter-lab"))
                .orElseThrow(() -> new InvalidInputException(
                        "Jupyter must be installed to show notebooks, found neither jupyter-notebook nor jupyter-lab on"
                                + " PATH. Debian, Ubuntu: apt-get install jupyter-notebook; macOS: brew install jupyterlab;"
                                + " elsewhere: python3 -m venv jupyter && jupyter/bin/pip install notebook, then"
                                + " PATH=$PWD/jupyter/bin:$PATH"));
    }

    /**
     * The program that executes notebooks.
     *
     * @throws InvalidInputException if there is none; the message says how to get it
     */
    Path converter() {
        return find("jupyter-nbconvert")
                .orElseThrow(() -> new InvalidInputException(
                        "Jupyter must be installed to execute notebooks, found no jupyter-nbconvert on PATH. Debian, Ubuntu:"
                                + " apt-get install jupyter-client jupyter-nbconvert; elsewhere: python3 -m venv jupyter &&"
                                + " jupyter/bin/pip install nbconvert, then PATH=$PWD/jupyter/bin:$PATH"));
    }

    private Optional<Path> find(String program) {
        return folders.stream()
                .map(folder -> folder.resolve(program))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }
}
