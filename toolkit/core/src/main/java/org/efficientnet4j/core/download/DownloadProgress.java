package org.efficientnet4j.core.download;

/** Told how far a download is, a few times a second at most, and once at its end. */
@FunctionalInterface
public interface DownloadProgress {
    /** Tells nobody. */
    DownloadProgress SILENT = (file, done, total) -> {};

    /** Value of {@code total} when the server does not state it. */
    long UNKNOWN = -1;

    /**
     * Receives the state of a download.
     *
     * @param file the file's name
     * @param done bytes there so far, those of an earlier attempt included
     * @param total bytes in all, or {@link #UNKNOWN}
     */
    void update(String file, long done, long total);
}
