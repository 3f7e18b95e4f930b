package org.efficientnet4j.cli.commands;

import static org.efficientnet4j.cli.doctor.MemoryReport.gibibytes;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.efficientnet4j.backend.Problem;
import org.efficientnet4j.cli.ExitCode;
import org.efficientnet4j.cli.JsonOutput;
import org.efficientnet4j.cli.doctor.BackendReport;
import org.efficientnet4j.cli.doctor.DoctorReport;
import org.efficientnet4j.cli.doctor.GpuReport;
import org.efficientnet4j.cli.doctor.JavaReport;
import org.efficientnet4j.cli.doctor.KernelReport;
import org.efficientnet4j.cli.doctor.MachineReport;
import org.efficientnet4j.cli.doctor.MemoryReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code effnet doctor}: what this machine offers and what to do about each problem. */
@Command(
        name = "doctor",
        description = "Shows JVM, ND4J backend, kernels, memory limits and GPUs, and what to do about each problem.",
        footer = {"", "Exit code 1 where there is a problem.", "", "Example:", "  effnet doctor --json"})
public final class DoctorCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** Created by the command line. */
    public DoctorCommand() {}

    @Override
    public Integer call() {
        DoctorReport report = DoctorReport.examine();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JsonOutput.format(report));
        } else {
            print(report, out);
        }
        return report.problems().isEmpty() ? ExitCode.OK : ExitCode.FAILURE;
    }

    private static void print(DoctorReport report, PrintWriter out) {
        printJava(report.java(), out);
        printMachine(report.machine(), report.memory(), out);
        printBackend(report.backend(), out);
        for (KernelReport kernel : report.kernels()) {
            String state = kernel.unavailable().isEmpty() ? "" : "; cannot run here: " + kernel.unavailable();
            line(
                    out,
                    "kernels",
                    kernel.name() + (kernel.chosen() ? " (used)" : "") + ": " + kernel.description() + state);
        }
        printGpus(report.gpu(), out);
        out.println();
        if (report.problems().isEmpty()) {
            out.println("No problems found.");
        }
        for (Problem problem : report.problems()) {
            out.println("Problem: " + problem.what() + ".");
            out.println("  To do: " + problem.remedy() + ".");
        }
    }

    private static void printJava(JavaReport java, PrintWriter out) {
        line(out, "Java", java.version() + ", " + java.vendor());
        line(out, "", java.home() + " (" + java.reason() + ")");
        if (java.found().size() > 1) {
            line(out, "", "found: " + String.join(", ", java.found()));
        }
    }

    private static void printMachine(MachineReport machine, MemoryReport memory, PrintWriter out) {
        line(out, "system", machine.system());
        line(out, "processor", machine.processor() + ", " + machine.processors() + " usable");
        line(out, "", machine.features().isEmpty() ? "features unknown" : String.join(" ", machine.features()));
        if (memory.machine() > 0) {
            line(out, "memory", gibibytes(memory.machine()) + ", " + memory.machineSource());
        }
        line(
                out,
                "limits",
                "heap " + gibibytes(memory.heap()) + ", tensors " + gibibytes(memory.offHeap()) + ", whole process "
                        + gibibytes(memory.process()) + " (EFFNET_JAVA_OPTS changes them)");
        line(out, "disk", gibibytes(memory.diskHere()) + " free here");
    }

    private static void printBackend(BackendReport backend, PrintWriter out) {
        line(
                out,
                "backend",
                backend.loads()
                        ? "ND4J " + backend.implementation() + ", " + backend.blas() + ", " + backend.threads()
                                + " threads"
                        : "ND4J " + backend.built() + " does not load");
    }

    private static void printGpus(GpuReport gpu, PrintWriter out) {
        for (GpuReport.Device device : gpu.devices()) {
            line(
                    out,
                    "GPU",
                    device.name() + ", " + device.architecture() + ", " + device.memoryMebibytes() + " MiB, driver "
                            + device.driver());
        }
        if (gpu.devices().isEmpty()) {
            line(out, "GPU", "none: " + gpu.trouble());
        } else if (gpu.cudaProblems().isEmpty()) {
            line(out, "", "the CUDA backend could be tried: EFFNET_BACKEND=cuda (docs/cuda.md)");
        } else {
            gpu.cudaProblems().forEach(problem -> line(out, "", "CUDA backend: " + problem.what()));
        }
    }

    private static void line(PrintWriter out, String label, String text) {
        out.printf("%-11s%s%n", label, text);
    }
}
