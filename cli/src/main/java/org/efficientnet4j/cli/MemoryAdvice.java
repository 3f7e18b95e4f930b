package org.efficientnet4j.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Message on memory, or threads, that ended: which limit was met, and the options of the command that need less. */
final class MemoryAdvice {
    private MemoryAdvice() {}

    /** @param options of the command that ran, such as {@code --batch} */
    static String of(OutOfMemoryError error, Set<String> options) {
        String detail = String.valueOf(error.getMessage());
        if (detail.contains("native thread")) {
            return "No more threads (" + detail + "). "
                    + (options.contains("--workers") ? "Use fewer --workers, or allow more" : "Allow more")
                    + ": 'ulimit -u' is the shell's limit on processes and threads, and a container may have one of its own."
                    + resuming(options);
        }
        boolean offHeap = detail.contains("hysicalBytes") || detail.contains("totalBytes") || detail.contains("native");
        String flag = offHeap ? "-Dorg.bytedeco.javacpp.maxbytes=12g" : "-Xmx8g";
        String place = "Out of memory " + (offHeap ? "for tensors, outside the Java heap" : "in the Java heap");
        List<String> ways = new ArrayList<>();
        smaller(options, ways);
        if (options.contains("--workers")) {
            ways.add("use fewer --workers");
        }
        if (options.contains("--checkpoint-activations")) {
            ways.add("train with --checkpoint-activations");
        }
        ways.add("allow more, e.g. EFFNET_JAVA_OPTS=\"" + flag + "\"");
        return place + " (" + detail + "): " + String.join(", or ", ways) + "; 'effnet doctor' shows the limits."
                + resuming(options);
    }

    private static void smaller(Set<String> options, List<String> ways) {
        List<String> sizes =
                List.of("--batch", "--size").stream().filter(options::contains).toList();
        if (!sizes.isEmpty()) {
            ways.add("use a smaller " + String.join(" or ", sizes));
        }
    }

    private static String resuming(Set<String> options) {
        return options.contains("--resume") ? " What has been computed stays: go on with --resume." : "";
    }
}
