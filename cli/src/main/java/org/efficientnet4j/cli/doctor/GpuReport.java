package org.efficientnet4j.cli.doctor;

import java.util.List;
import org.efficientnet4j.backend.Backend;
import org.efficientnet4j.backend.CudaRequirements;
import org.efficientnet4j.backend.GpuDevice;
import org.efficientnet4j.backend.GpuProbe;
import org.efficientnet4j.backend.Problem;

/**
 * NVIDIA GPUs and whether ND4J's CUDA backend could use them.
 *
 * @param devices the GPUs
 * @param trouble why none can be listed; empty where they are
 * @param cudaProblems what the CUDA backend would stop on; not a problem for a build with the CPU backend
 */
public record GpuReport(List<Device> devices, String trouble, List<Problem> cudaProblems) {
    /**
     * A GPU.
     *
     * @param name the product
     * @param architecture e.g. {@code sm_86}
     * @param memoryMebibytes its memory in MiB
     * @param driver the driver's version
     * @param supported whether ND4J's CUDA 11.6 library has code for it
     */
    public record Device(String name, String architecture, long memoryMebibytes, String driver, boolean supported) {
        static Device of(GpuDevice device) {
            return new Device(
                    device.name(),
                    device.capability().toString(),
                    device.memoryMebibytes(),
                    device.driver(),
                    CudaRequirements.hasCodeFor(device));
        }
    }

    static GpuReport examine() {
        GpuProbe probe = GpuProbe.run();
        return new GpuReport(
                probe.devices().stream().map(Device::of).toList(),
                probe.trouble().orElse(""),
                Backend.cudaProblems(probe));
    }
}
