package org.efficientnet4j.cli.doctor;

import java.util.Arrays;
import java.util.List;

/**
 * The JVM that runs this.
 *
 * @param version e.g. {@code 25.0.1+8-LTS}
 * @param vendor who built it
 * @param home its folder
 * @param reason why the launcher chose it
 * @param found every JDK the launcher saw, each {@code FOLDER=VERSION}
 */
public record JavaReport(String version, String vendor, String home, String reason, List<String> found) {
    /** Copies the list. */
    public JavaReport {
        found = List.copyOf(found);
    }

    static JavaReport examine() {
        String found = System.getProperty("effnet.java.found", "");
        return new JavaReport(
                Runtime.version().toString(),
                System.getProperty("java.vendor"),
                System.getProperty("java.home"),
                System.getProperty("effnet.java.reason", "started without the launcher"),
                Arrays.stream(found.split(";", -1))
                        .filter(jdk -> !jdk.isEmpty())
                        .toList());
    }
}
