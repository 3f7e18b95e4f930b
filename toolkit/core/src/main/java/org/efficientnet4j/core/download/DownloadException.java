package org.efficientnet4j.core.download;

import java.io.IOException;

/** A download that failed for good; the message says what was tried, what happened and what to do. */
public class DownloadException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the error.
     *
     * @param message what was tried, what happened and what to do
     */
    public DownloadException(String message) {
        super(message);
    }

    /**
     * Creates the error with the last cause.
     *
     * @param message what was tried, what happened and what to do
     * @param cause the error of the last attempt
     */
    public DownloadException(String message, Throwable cause) {
        super(message, cause);
    }
}
