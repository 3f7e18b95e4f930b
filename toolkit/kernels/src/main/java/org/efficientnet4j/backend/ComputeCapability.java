package org.efficientnet4j.backend;

/**
 * An NVIDIA GPU architecture, e.g. 8.6 = sm_86.
 *
 * @param major the generation; machine code never runs on another one
 * @param minor the revision; machine code runs on its own and later ones
 */
public record ComputeCapability(int major, int minor) implements Comparable<ComputeCapability> {
    /**
     * Reads {@code nvidia-smi}'s {@code 8.6}.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static ComputeCapability parse(String text) {
        String[] parts = text.strip().split("\\.", -1);
        if (parts.length != 2 || !parts[0].matches("[0-9]{1,3}") || !parts[1].matches("[0-9]{1,3}")) {
            throw new IllegalArgumentException("A compute capability must look like 8.6, found '" + text + "'");
        }
        return new ComputeCapability(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    }

    /**
     * Returns whether this GPU runs machine code made for {@code target}.
     *
     * <p>Source: CUDA C++ Programming Guide, "Binary Compatibility".
     */
    public boolean runs(ComputeCapability target) {
        return major == target.major && minor >= target.minor;
    }

    @Override
    public int compareTo(ComputeCapability other) {
        return major != other.major ? Integer.compare(major, other.major) : Integer.compare(minor, other.minor);
    }

    @Override
    public String toString() {
        return "sm_" + major + minor;
    }
}
