package org.efficientnet4j.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CudaRequirementsTest {
    /** CUDA C++ Programming Guide, binary compatibility: the same major number, the same or a higher minor one. */
    @ParameterizedTest
    @CsvSource({
        "3.0, false",
        "3.7, true",
        "5.0, true",
        "5.3, true",
        "6.1, true",
        "7.2, true",
        "8.0, true",
        "8.6, true",
        "8.9, true",
        "9.0, false",
        "10.0, false",
        "12.0, false"
    })
    void runsOnArchitecturesThatTheLibraryHasCodeFor(String capability, boolean supported) {
        assertEquals(supported, CudaRequirements.hasCodeFor(device(capability)));
    }

    @Test
    void findsNothingWrongWithASupportedGpuAndItsLibraries() {
        assertEquals(List.of(), CudaRequirements.check(probe("8.6"), library -> true, false));
    }

    @Test
    void namesTheGpuThatIsTooNew() {
        Problem problem = only(CudaRequirements.check(probe("9.0"), library -> true, false));
        assertTrue(problem.what().contains("GPU 9.0 (sm_90)"), problem::toString);
        assertTrue(problem.what().contains("sm_86 and no PTX"), problem::toString);
        assertTrue(problem.remedy().contains("CPU backend"), problem::toString);
    }

    @Test
    void asksToChooseAmongMixedGpusAndTakesTheUsersWord() {
        Problem problem = only(CudaRequirements.check(probe("8.6", "9.0"), library -> true, false));
        assertTrue(problem.remedy().contains("CUDA_VISIBLE_DEVICES"), problem::toString);
        assertEquals(List.of(), CudaRequirements.check(probe("8.6", "9.0"), library -> true, true));
    }

    @Test
    void namesTheMissingLibraries() {
        Problem problem = only(CudaRequirements.check(probe("7.5"), "libcudart.so.11.0"::equals, false));
        assertTrue(problem.what().endsWith("missing: libcublas.so.11, libcusolver.so.11"), problem::toString);
        assertTrue(problem.remedy().contains("LD_LIBRARY_PATH"), problem::toString);
    }

    @Test
    void saysWhyThereIsNoGpu() {
        GpuProbe none = new GpuProbe(List.of(), Optional.of("no NVIDIA driver found"));
        Problem problem = only(CudaRequirements.check(none, library -> true, false));
        assertTrue(problem.what().contains("no NVIDIA driver found"), problem::toString);
    }

    private static Problem only(List<Problem> problems) {
        assertEquals(1, problems.size(), problems::toString);
        return problems.get(0);
    }

    private static GpuProbe probe(String... capabilities) {
        return new GpuProbe(
                Arrays.stream(capabilities).map(CudaRequirementsTest::device).toList(), Optional.empty());
    }

    private static GpuDevice device(String capability) {
        return new GpuDevice("GPU " + capability, ComputeCapability.parse(capability), 16_384, "535.1");
    }
}
