package org.efficientnet4j.core;

/**
 * Something the user gave is wrong: a name, a path, a file, a number. The message stands alone: it names the value and
 * what to do about it, so that the command line prints it without a stack trace and exits with 2.
 */
public class InvalidInputException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** @param message the rule, the value that broke it and the remedy */
    public InvalidInputException(String message) {
        super(message);
    }

    /**
     * @param message the rule, the value that broke it and the remedy
     * @param cause what was caught, for a debugging user
     */
    public InvalidInputException(String message, Throwable cause) {
        super(message, cause);
    }
}
