package org.efficientnet4j.notebooks.show;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class SurfaceTest {
    @Test
    void contourOfAConeIsACircle() {
        Surface cone = Surface.sample(101, 101, Math::hypot);

        List<Surface.Segment> line = cone.contour(0.5);

        double length = line.stream()
                .mapToDouble(one -> Math.hypot(one.toX() - one.fromX(), one.toY() - one.fromY()))
                .sum();
        assertEquals(0.5 * Math.PI / 2, length, 1e-3); // a quarter of the circle of radius 0.5
        assertTrue(line.stream().allMatch(one -> Math.abs(Math.hypot(one.fromX(), one.fromY()) - 0.5) < 1e-3));
    }

    @Test
    void isLinearBetweenSamples() {
        Surface plane = Surface.sample(3, 4, (x, y) -> 2 * x + 3 * y);

        assertEquals(2 * 0.3 + 3 * 0.9, plane.at(0.3, 0.9), 1e-12);
        assertEquals(0, plane.least());
        assertEquals(5, plane.most());
        assertEquals(0.4, plane.share(2), 1e-12);
    }

    @Test
    void ticksAreRoundNumbers() {
        assertEquals(List.of("1", "1.05", "1.1", "1.15", "1.2", "1.25", "1.3"), texts(1, 1.3));
        assertEquals(List.of("0", "20", "40", "60", "80", "100"), texts(0, 100));
    }

    private static List<String> texts(double from, double to) {
        return Ticks.between(from, to).stream().map(Ticks::text).toList();
    }
}
