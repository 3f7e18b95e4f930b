package org.efficientnet4j.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GpuProbeTest {
    @Test
    void readsTheDriversList() {
        GpuProbe probe = GpuProbe.parse(
                0, "NVIDIA GeForce RTX 3090, 8.6, 24576, 535.183.01\nNVIDIA H200, 9.0, 143771, 550.54\n");
        assertEquals(
                List.of(
                        new GpuDevice("NVIDIA GeForce RTX 3090", new ComputeCapability(8, 6), 24_576, "535.183.01"),
                        new GpuDevice("NVIDIA H200", new ComputeCapability(9, 0), 143_771, "550.54")),
                probe.devices());
        assertTrue(probe.trouble().isEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "9 | NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver. | communicate",
                "0 | '' | lists no GPU",
                "0 | No devices were found | unexpected",
                "0 | Tesla K80, [N/A], 11441, 470.1 | unexpected"
            })
    void saysWhatIsWrongWithTheDriver(int exitCode, String output, String expected) {
        GpuProbe probe = GpuProbe.parse(exitCode, output);
        assertEquals(List.of(), probe.devices());
        assertTrue(probe.trouble().orElseThrow().contains(expected), probe::toString);
    }

    @Test
    void saysThatThereIsNoDriverWhereItsToolIsMissing() {
        GpuProbe probe = GpuProbe.run(List.of("nvidia-smi-that-is-not-installed"));
        assertTrue(probe.trouble().orElseThrow().contains("no NVIDIA driver"), probe::toString);
    }

    @Test
    void findsTheBackendOnTheClassPathWithoutLoadingIt() {
        assertEquals(Backend.CPU, Backend.onClassPath());
        assertEquals(Backend.NONE, Backend.of(ClassLoader.getPlatformClassLoader()));
        Backend.requireUsable();
    }
}
