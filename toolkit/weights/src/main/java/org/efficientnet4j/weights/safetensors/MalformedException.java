package org.efficientnet4j.weights.safetensors;

import java.io.IOException;

/** Fault of a file, as the end of a sentence that names it. */
final class MalformedException extends IOException {
    private static final long serialVersionUID = 1L;

    MalformedException(String message) {
        super(message);
    }
}
