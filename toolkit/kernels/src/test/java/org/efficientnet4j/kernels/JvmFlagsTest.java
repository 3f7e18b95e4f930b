package org.efficientnet4j.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JvmFlagsTest {
    private static final String LOOPS = "-XX:CompileCommand=dontinline,org.efficientnet4j.kernels.vector.";

    @Test
    void everyClassOfLoopsIsCompiledByItself() throws IOException {
        Path classes = Path.of("target", "classes", "org", "efficientnet4j", "kernels", "vector");
        try (Stream<Path> files = Files.list(classes)) {
            Set<String> loops = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("\\w+Rows\\.class"))
                    .map(name -> LOOPS + name.replace(".class", "::*"))
                    .collect(Collectors.toSet());
            assertFalse(loops.isEmpty());
            assertEquals(
                    loops,
                    JvmFlags.forKernels().stream()
                            .filter(flag -> flag.startsWith(LOOPS))
                            .collect(Collectors.toSet()));
        }
    }

    /** Elsewhere they would be compiled with what is around them, and become objects unnoticed. */
    @Test
    void vectorsAreUsedInClassesOfLoopsAlone() throws IOException {
        Path classes = Path.of("target", "classes", "org", "efficientnet4j", "kernels", "vector");
        try (Stream<Path> files = Files.list(classes)) {
            List<String> others = files.filter(JvmFlagsTest::namesVectors)
                    .map(file -> file.getFileName().toString().replace(".class", ""))
                    .filter(name -> !name.matches("\\w+Rows|\\w*Lanes|\\w+Access"))
                    .toList();
            assertEquals(List.of(), others);
        }
    }

    private static boolean namesVectors(Path classFile) {
        try {
            return new String(Files.readAllBytes(classFile), StandardCharsets.ISO_8859_1)
                    .contains("jdk/incubator/vector/FloatVector");
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    @Test
    void flagsHaveNoBlanksSoThatTheyCanBeJoined() {
        assertTrue(JvmFlags.forKernels().stream().noneMatch(flag -> flag.contains(" ")));
    }

    @Test
    void theFileIsWhereMessagesSayItIs() {
        assertTrue(Files.exists(Path.of("..", "..").resolve(JvmFlags.FILE)));
    }
}
