package org.efficientnet4j.kernels;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** JVM flags for the kernels. */
public final class JvmFlags {
    /** Path of the flags' file in the source tree, one flag a line: {@code java @FILE} takes it. */
    public static final String FILE = "toolkit/kernels/src/main/resources/org/efficientnet4j/kernels/jvm.args";

    private static final String RESOURCE = "jvm.args";

    private JvmFlags() {}

    /** Flags of the fast kernels, for programs that start a JVM: one flag each, without blanks. */
    public static List<String> forKernels() {
        List<String> flags = new ArrayList<>();
        try (InputStream file = JvmFlags.class.getResourceAsStream(RESOURCE);
                BufferedReader lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            lines.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .forEach(flags::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return flags;
    }
}
