package org.efficientnet4j.data.source;

/**
 * The figures of the generated data set, each a signed distance in a plane where the figure spans about the unit circle:
 * negative inside, positive outside, zero on the outline. Distances are exact or close near the outline, which is all
 * that anti-aliasing needs.
 *
 * <p>The names in lower case, in this (alphabetical) order, are the class names.
 */
enum Figure {
    ARROW(polygon(-1, 0.3, -1, -0.3, 0.1, -0.3, 0.1, -0.8, 1, 0, 0.1, 0.8, 0.1, 0.3)),
    CIRCLE((x, y) -> Math.hypot(x, y) - 0.85),
    CRESCENT((x, y) -> Math.max(Math.hypot(x, y) - 0.95, 0.8 - Math.hypot(x - 0.5, y))),
    CROSS(polygon(
            -0.3, -1, 0.3, -1, 0.3, -0.3, 1, -0.3, 1, 0.3, 0.3, 0.3, 0.3, 1, -0.3, 1, -0.3, 0.3, -1, 0.3, -1, -0.3,
            -0.3, -0.3)),
    HEART(polygon(heartOutline())),
    RING((x, y) -> Math.abs(Math.hypot(x, y) - 0.72) - 0.23),
    SEMICIRCLE((x, y) -> Math.max(Math.hypot(x, y + 0.4) - 1, -(y + 0.4))),
    SQUARE(polygon(-0.75, -0.75, 0.75, -0.75, 0.75, 0.75, -0.75, 0.75)),
    STAR(polygon(starOutline(5, 1.05, 0.45))),
    TRIANGLE(polygon(starOutline(3, 1.05, 0.525)));

    /** A signed distance to an outline. */
    @FunctionalInterface
    private interface SignedDistance {
        double at(double x, double y);
    }

    // Every distance here is a function of its arguments and of a fixed outline.
    @SuppressWarnings("ImmutableEnumChecker")
    private final SignedDistance distance;

    Figure(SignedDistance distance) {
        this.distance = distance;
    }

    double distance(double x, double y) {
        return distance.at(x, y);
    }

    private static SignedDistance polygon(double... corners) {
        return new Polygon(corners)::distance;
    }

    /** Corners alternating between two radii; three points whose inner radius is half the outer make a triangle. */
    private static double[] starOutline(int points, double outer, double inner) {
        double[] corners = new double[points * 4];
        for (int i = 0; i < points * 2; i++) {
            double radius = i % 2 == 0 ? outer : inner;
            double angle = Math.PI * i / points;
            corners[2 * i] = radius * StrictMath.cos(angle);
            corners[2 * i + 1] = radius * StrictMath.sin(angle);
        }
        return corners;
    }

    /** The curve (16 sin^3 t, 13 cos t - 5 cos 2t - 2 cos 3t - cos 4t), scaled to the unit circle. */
    private static double[] heartOutline() {
        int points = 28;
        double[] corners = new double[points * 2];
        for (int i = 0; i < points; i++) {
            double t = 2 * Math.PI * (i + 0.5) / points;
            double sine = StrictMath.sin(t);
            double x = 16 * sine * sine * sine;
            double y = 13 * StrictMath.cos(t)
                    - 5 * StrictMath.cos(2 * t)
                    - 2 * StrictMath.cos(3 * t)
                    - StrictMath.cos(4 * t);
            corners[2 * i] = x / 16;
            corners[2 * i + 1] = -(y + 2) / 16;
        }
        return corners;
    }
}
