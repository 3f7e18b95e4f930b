package org.efficientnet4j.backend;

/**
 * A GPU as its driver lists it.
 *
 * @param name the product, e.g. {@code NVIDIA A100}
 * @param capability its architecture
 * @param memoryMebibytes its memory in MiB
 * @param driver the driver's version
 */
public record GpuDevice(String name, ComputeCapability capability, long memoryMebibytes, String driver) {}
