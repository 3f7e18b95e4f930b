package org.efficientnet4j.core.download;

import java.nio.file.Path;
import java.util.Map;

/** Folder of downloads: the one named by {@code EFFNET_CACHE}, else {@code ~/.cache/efficientnet4j}. */
public final class CacheFolder {
    /** The environment variable that names another folder. */
    public static final String VARIABLE = "EFFNET_CACHE";

    private CacheFolder() {}

    /**
     * The folder for this process; it may not exist yet.
     *
     * @return an absolute path
     */
    public static Path locate() {
        return locate(System.getenv(), System.getProperty("user.home"));
    }

    static Path locate(Map<String, String> environment, String home) {
        String named = environment.getOrDefault(VARIABLE, "");
        Path folder = named.isBlank() ? Path.of(home, ".cache", "efficientnet4j") : Path.of(named);
        return folder.toAbsolutePath();
    }
}
