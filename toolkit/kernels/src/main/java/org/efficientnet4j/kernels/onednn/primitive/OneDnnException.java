package org.efficientnet4j.kernels.onednn.primitive;

/** A call into oneDNN failed: a defect of the caller, or no memory left. */
public final class OneDnnException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OneDnnException(String call, int status) {
        super("oneDNN refused " + call + ": status " + status + " (" + meaning(status) + ")");
    }

    /** Throws unless the status is success. */
    public static void check(int status, String call) {
        if (status != 0) {
            throw new OneDnnException(call, status);
        }
    }

    private static String meaning(int status) {
        return switch (status) {
            case 1 -> "out of memory";
            case 2 -> "invalid arguments";
            case 3 -> "unimplemented";
            case 4 -> "no more implementations";
            case 5 -> "runtime error";
            case 6 -> "not required";
            default -> "unknown";
        };
    }
}
