package org.efficientnet4j.search.study;

/** A trial is written to by a process that does not have it, for instance since its claim lapsed and another took it. */
public final class ClaimLostException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    ClaimLostException(String message) {
        super(message);
    }
}
