package org.efficientnet4j.weights.torch;

import java.io.IOException;

/** Fault of a pickle, as the end of a sentence that names the file. */
final class PickleException extends IOException {
    private static final long serialVersionUID = 1L;

    PickleException(String message) {
        super(message);
    }
}
