package org.efficientnet4j.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.efficientnet4j.backend.UnusableBackendException;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.text.Printable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Turns everything that can go wrong into one message on standard error and an exit code. A stack trace is printed only
 * on {@code --stacktrace} or with {@code EFFNET_DEBUG} set.
 */
final class ErrorReporter implements IParameterExceptionHandler, IExecutionExceptionHandler {
    static final String STACK_TRACE_OPTION = "--stacktrace";

    private final PrintWriter err;
    private final boolean stackTrace;

    ErrorReporter(PrintWriter err, boolean stackTrace) {
        this.err = err;
        this.stackTrace = stackTrace;
    }

    /** Read off the raw arguments, since parsing them can be what fails. */
    static boolean wantsStackTrace(String... arguments) {
        String debug = System.getenv("EFFNET_DEBUG");
        return Arrays.asList(arguments).contains(STACK_TRACE_OPTION) || (debug != null && !debug.isEmpty());
    }

    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
        print(Slip.describe(e), e);
        err.println("'" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help' says more.");
        return ExitCode.BAD_INPUT;
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        return report(e, command.getCommandSpec().optionsMap().keySet());
    }

    /** Reports that standard output did not take all of the result. */
    int outputLost() {
        err.println("effnet: standard output did not take the whole result: its disk is full, or its reader ended.");
        return ExitCode.FAILURE;
    }

    /**
     * Prints a throwable's meaning for a user and returns the exit code.
     *
     * @param options of the command that ran
     */
    int report(Throwable thrown, Set<String> options) {
        List<Throwable> causes = causes(thrown);
        for (Throwable cause : causes) {
            if (cause instanceof InvalidInputException) {
                print(cause.getMessage(), thrown);
                return ExitCode.BAD_INPUT;
            }
        }
        Optional<String> unusable = firstMatch(causes, ErrorReporter::unusableBackend);
        if (unusable.isPresent()) {
            print(unusable.get(), thrown);
            return ExitCode.FAILURE;
        }
        Optional<String> outOfMemory = firstMatch(
                causes, cause -> cause instanceof OutOfMemoryError error ? MemoryAdvice.of(error, options) : null);
        if (outOfMemory.isPresent()) {
            print(outOfMemory.get(), thrown);
            return ExitCode.FAILURE;
        }
        Optional<String> file = firstMatch(causes, ErrorReporter::fileTrouble);
        if (file.isPresent()) {
            print(file.get(), thrown);
            return ExitCode.BAD_INPUT;
        }
        print(firstMatch(causes, ErrorReporter::linkage).orElseGet(() -> unexpected(thrown)), thrown);
        return ExitCode.FAILURE;
    }

    private void print(String message, Throwable thrown) {
        err.println(Printable.message(message));
        if (stackTrace) {
            thrown.printStackTrace(err);
        }
    }

    private interface Explanation {
        /** A message, or null where the throwable is none of this kind. */
        String of(Throwable thrown);
    }

    private static Optional<String> firstMatch(List<Throwable> causes, Explanation explanation) {
        return causes.stream()
                .map(explanation::of)
                .filter(message -> message != null)
                .findFirst();
    }

    private static String unusableBackend(Throwable thrown) {
        return thrown instanceof UnusableBackendException ? thrown.getMessage() : null;
    }

    private static String fileTrouble(Throwable thrown) {
        if (!(thrown instanceof IOException)) {
            return null;
        }
        String message = String.valueOf(thrown.getMessage());
        String lower = message.toLowerCase(Locale.ROOT);
        if (lower.contains("no space left")
                || lower.contains("disk quota exceeded")
                || lower.contains("not enough space")) {
            return "The disk is full: " + message + ". Free some space or choose another --out; a training goes on with"
                    + " --resume.";
        }
        if (lower.contains("too many open files")) {
            return "Too many files are open: " + message + ". Allow more (ulimit -n 1024).";
        }
        if (thrown instanceof AccessDeniedException denied) {
            return "No permission to read or write " + denied.getFile() + ".";
        }
        if (lower.contains("read-only file system") && thrown instanceof FileSystemException fileSystem) {
            return "Cannot write " + fileSystem.getFile() + ": its file system is read-only.";
        }
        return null;
    }

    private static String linkage(Throwable thrown) {
        if (!(thrown instanceof UnsatisfiedLinkError)) {
            return null;
        }
        return "A native library of ND4J or OpenCV cannot be loaded: " + thrown.getMessage()
                + ". 'effnet doctor' shows what this machine offers.";
    }

    private static String unexpected(Throwable thrown) {
        Throwable shown = thrown instanceof UncheckedIOException ? thrown.getCause() : thrown;
        String message = shown.getMessage() == null ? "" : ": " + shown.getMessage();
        return "effnet failed: " + shown.getClass().getSimpleName() + message + " (" + STACK_TRACE_OPTION
                + " shows where).";
    }

    /** The throwable and its causes, outermost first; a cycle of causes ends the walk. */
    private static List<Throwable> causes(Throwable thrown) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = thrown; cause != null && seen.add(cause); cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes;
    }
}
