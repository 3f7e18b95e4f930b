package org.efficientnet4j.search.study;

/** A study's file failed while it was in use, for instance on a full disk. */
public final class StudyException extends RuntimeException {
    StudyException(String message, Throwable cause) {
        super(message, cause);
    }
}
