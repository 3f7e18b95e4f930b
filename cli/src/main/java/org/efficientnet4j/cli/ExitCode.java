package org.efficientnet4j.cli;

/** Exit code of the process. */
public final class ExitCode {
    /** Everything worked. */
    public static final int OK = 0;
    /** Something failed that is not the user's to mend by other arguments. */
    public static final int FAILURE = 1;
    /** Bad usage or bad input. */
    public static final int BAD_INPUT = 2;

    private ExitCode() {}
}
