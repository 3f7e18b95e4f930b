package org.efficientnet4j.cli.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Operating system and processor.
 *
 * @param system e.g. {@code Linux 6.1 amd64}
 * @param processor its name
 * @param processors how many this process may use
 * @param features its vector instructions, as Linux calls them
 */
public record MachineReport(String system, String processor, int processors, List<String> features) {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final List<String> TELLING_FEATURES = List.of(
            "sse4_2",
            "avx",
            "fma",
            "avx2",
            "avx512f",
            "avx512bw",
            "avx512vl",
            "avx512_vnni",
            "avx512_bf16",
            "amx_tile",
            "amx_bf16",
            "asimd",
            "sve",
            "sve2");

    /** Copies the list. */
    public MachineReport {
        features = List.copyOf(features);
    }

    static MachineReport examine() {
        List<String> lines = List.of();
        try {
            lines = Files.isReadable(CPU_INFO) ? Files.readAllLines(CPU_INFO, StandardCharsets.UTF_8) : lines;
        } catch (IOException e) {
            lines = List.of("model name : not readable: " + e.getMessage());
        }
        return of(lines);
    }

    static MachineReport of(List<String> cpuInfo) {
        Set<String> flags = Arrays.stream((value(cpuInfo, "flags") + " " + value(cpuInfo, "Features")).split(" ", -1))
                .collect(Collectors.toSet());
        String name = value(cpuInfo, "model name");
        return new MachineReport(
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                name.isEmpty() ? "unknown" : name,
                Runtime.getRuntime().availableProcessors(),
                TELLING_FEATURES.stream().filter(flags::contains).toList());
    }

    /** The first processor's value, empty where the key is missing. */
    private static String value(List<String> cpuInfo, String key) {
        return cpuInfo.stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("");
    }
}
