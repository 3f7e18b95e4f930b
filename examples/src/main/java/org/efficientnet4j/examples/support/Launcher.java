package org.efficientnet4j.examples.support;

import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import org.efficientnet4j.backend.UnusableBackendException;
import org.efficientnet4j.core.InvalidInputException;
import org.efficientnet4j.core.text.Printable;

/** Start of an example by {@code examples/run}: a user's mistake is a line and exit code 2, not a stack trace. */
public final class Launcher {
    private static final int FAILURE = 1;
    private static final int BAD_INPUT = 2;

    private Launcher() {}

    /**
     * Calls the {@code main} of the class that the first argument names with the other arguments.
     *
     * @throws ReflectiveOperationException if there is no such class
     */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        String[] others = Arrays.copyOfRange(arguments, 1, arguments.length);
        try {
            Class.forName(arguments[0]).getMethod("main", String[].class).invoke(null, (Object) others);
        } catch (InvocationTargetException e) {
            end(e.getCause());
        }
    }

    private static void end(Throwable cause) {
        if (cause instanceof InvalidInputException) {
            System.err.println("examples/run: " + Printable.message(String.valueOf(cause.getMessage())));
            System.exit(BAD_INPUT);
        }
        if (cause instanceof UnusableBackendException) {
            System.err.println("examples/run: " + Printable.message(String.valueOf(cause.getMessage())));
        } else {
            cause.printStackTrace();
        }
        System.exit(FAILURE);
    }
}
