package org.efficientnet4j.data.source;

/** A closed outline of straight edges, convex or not, with its exact signed distance. */
final class Polygon {
    private final double[] xs;
    private final double[] ys;

    /** Corners as x0, y0, x1, y1, ... in either direction of travel. */
    Polygon(double... corners) {
        int count = corners.length / 2;
        xs = new double[count];
        ys = new double[count];
        for (int i = 0; i < count; i++) {
            xs[i] = corners[2 * i];
            ys[i] = corners[2 * i + 1];
        }
    }

    /** The distance to the nearest edge, negative inside (a ray from an inside point crosses the outline oddly often). */
    double distance(double x, double y) {
        double nearest = Double.MAX_VALUE;
        boolean inside = false;
        for (int i = 0, j = xs.length - 1; i < xs.length; j = i++) {
            double edgeX = xs[j] - xs[i];
            double edgeY = ys[j] - ys[i];
            double toX = x - xs[i];
            double toY = y - ys[i];
            double along = (toX * edgeX + toY * edgeY) / (edgeX * edgeX + edgeY * edgeY);
            double clamped = Math.max(0, Math.min(1, along));
            double offX = toX - edgeX * clamped;
            double offY = toY - edgeY * clamped;
            nearest = Math.min(nearest, offX * offX + offY * offY);
            boolean crosses = ys[i] > y != ys[j] > y && x < (xs[j] - xs[i]) * (y - ys[i]) / (ys[j] - ys[i]) + xs[i];
            inside ^= crosses;
        }
        double distance = Math.sqrt(nearest);
        return inside ? -distance : distance;
    }
}
