package org.efficientnet4j.backend;

import java.util.List;
import java.util.stream.Collectors;

/** The ND4J backend of this build cannot run on this machine. Its message stands alone. */
public final class UnusableBackendException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    UnusableBackendException(Backend backend, List<Problem> problems) {
        super(introduction(backend) + problems.stream().map(Problem::toString).collect(Collectors.joining(" ")));
        this.problems = List.copyOf(problems);
    }

    /** Problems, the one to mend first at the front; empty on a deserialised exception. */
    public List<Problem> problems() {
        return problems == null ? List.of() : problems;
    }

    private static String introduction(Backend backend) {
        return backend == Backend.CUDA ? "The CUDA backend cannot run here. " : "";
    }
}
