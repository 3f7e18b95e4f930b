package org.efficientnet4j.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import org.efficientnet4j.backend.Problem;

/**
 * Everything the doctor found.
 *
 * @param java the JVM
 * @param machine processor and operating system
 * @param memory the limits in force
 * @param backend ND4J's backend
 * @param kernels the kernels of this project's layers, the preferred first
 * @param gpu NVIDIA GPUs
 * @param problems what stands in the way, with remedies; empty where all is well
 */
public record DoctorReport(
        JavaReport java,
        MachineReport machine,
        MemoryReport memory,
        BackendReport backend,
        List<KernelReport> kernels,
        GpuReport gpu,
        List<Problem> problems) {
    /** Copies the lists. */
    public DoctorReport {
        kernels = List.copyOf(kernels);
        problems = List.copyOf(problems);
    }

    /** Looks at this machine; loads ND4J, which takes a second or two. */
    public static DoctorReport examine() {
        List<Problem> problems = new ArrayList<>();
        MemoryReport memory = MemoryReport.examine(problems);
        GpuReport gpu = GpuReport.examine();
        BackendReport backend = BackendReport.examine(problems);
        return new DoctorReport(
                JavaReport.examine(),
                MachineReport.examine(),
                memory,
                backend,
                backend.loads() ? KernelReport.examine() : List.of(),
                gpu,
                problems);
    }
}
