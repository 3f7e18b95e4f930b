package org.efficientnet4j.backend;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The NVIDIA GPUs of this machine.
 *
 * @param devices in the driver's order; empty where there is a trouble
 * @param trouble why there are none
 */
public record GpuProbe(List<GpuDevice> devices, Optional<String> trouble) {
    private static final int FIELDS = 4;
    private static final long TIMEOUT_SECONDS = 20;

    /** Copies the list. */
    public GpuProbe {
        devices = List.copyOf(devices);
    }

    /** Asks {@code nvidia-smi}; loads no library into this process. */
    public static GpuProbe run() {
        return run(List.of(
                "nvidia-smi",
                "--query-gpu=name,compute_cap,memory.total,driver_version",
                "--format=csv,noheader,nounits"));
    }

    static GpuProbe run(List<String> command) {
        Path output = null;
        try {
            output =
                    Files.createTempFile("effnet-gpus", ".csv"); // a file, so that a hanging driver cannot block a read
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return troubled("nvidia-smi did not answer in " + TIMEOUT_SECONDS + " s");
            }
            return parse(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        } catch (IOException e) {
            return troubled("no NVIDIA driver found (nvidia-smi cannot be started)");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return troubled("asking nvidia-smi was interrupted");
        } finally {
            delete(output);
        }
    }

    static GpuProbe parse(int exitCode, String output) {
        String text = output.strip();
        if (exitCode != 0) {
            return troubled("nvidia-smi failed (" + text.lines().findFirst().orElse("exit code " + exitCode) + ")");
        }
        List<GpuDevice> devices = new ArrayList<>();
        for (String line : text.lines().toList()) {
            String[] fields = line.split(",", -1);
            if (fields.length != FIELDS) {
                return troubled("nvidia-smi answered something unexpected (" + line + ")");
            }
            try {
                devices.add(new GpuDevice(
                        fields[0].strip(),
                        ComputeCapability.parse(fields[1]),
                        Long.parseLong(fields[2].strip()),
                        fields[3].strip()));
            } catch (IllegalArgumentException e) {
                return troubled("nvidia-smi answered something unexpected (" + line + ")");
            }
        }
        return devices.isEmpty() ? troubled("the NVIDIA driver lists no GPU") : new GpuProbe(devices, Optional.empty());
    }

    private static GpuProbe troubled(String trouble) {
        return new GpuProbe(List.of(), Optional.of(trouble));
    }

    private static void delete(Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            file.toFile().deleteOnExit();
        }
    }
}
