package org.efficientnet4j.data.source;

import java.util.random.RandomGenerator;

/**
 * Paints one picture: a textured ground, clutter, one figure of chance colour, texture, rotation, position and size, more
 * clutter that may cover a little of it, and noise. Coordinates are shares of the picture's side, so that a picture looks
 * the same at every size.
 */
final class ShapePainter {
    /** Least distance between the colours of figure and ground, of at most 441: what makes every figure visible. */
    private static final double LEAST_CONTRAST = 110;

    private static final double DARKEST = 15;
    private static final double BRIGHTEST = 240;
    private static final double NOISE = 6;

    /** The most a figure is turned, in radians: half a right angle would make a square a diamond. */
    private static final double MOST_TURN = 0.5;

    private final int side;
    private final float[] canvas;
    private final RandomGenerator random;

    ShapePainter(int side, RandomGenerator random) {
        this.side = side;
        this.canvas = new float[side * side * 3];
        this.random = random;
    }

    /** The finished picture: RGB, shape [side, side, 3]. */
    byte[] paint(Figure figure) {
        Texture ground = Texture.random(random, randomColour());
        fill(ground, (x, y) -> -1);
        clutter(2, ground);
        Colour colour = contrastingColour(ground.colour());
        paintFigure(figure, Texture.random(random, colour));
        clutter(1, ground);
        return finished();
    }

    private void paintFigure(Figure figure, Texture texture) {
        double radius = uniform(0.28, 0.42);
        double room = 0.5 - 0.85 * radius;
        double centreX = 0.5 + uniform(-room, room);
        double centreY = 0.5 + uniform(-room, room);
        double angle = uniform(-MOST_TURN, MOST_TURN);
        double cosine = StrictMath.cos(angle);
        double sine = StrictMath.sin(angle);
        fill(texture, (x, y) -> {
            double dx = (x - centreX) / radius;
            double dy = (y - centreY) / radius;
            return radius * figure.distance(cosine * dx + sine * dy, cosine * dy - sine * dx);
        });
    }

    /** Thin strokes and dots, too small to be taken for a figure. */
    private void clutter(int most, Texture ground) {
        int pieces = random.nextInt(most + 1);
        for (int i = 0; i < pieces; i++) {
            double startX = random.nextDouble();
            double startY = random.nextDouble();
            boolean dot = random.nextBoolean();
            double reach = dot ? 0 : uniform(0.1, 0.35);
            double angle = uniform(0, 2 * Math.PI);
            double endX = startX + reach * StrictMath.cos(angle);
            double endY = startY + reach * StrictMath.sin(angle);
            double thickness = dot ? uniform(0.02, 0.05) : uniform(0.008, 0.02);
            fill(
                    Texture.plain(contrastingColour(ground.colour())),
                    (x, y) -> distanceToStroke(x, y, startX, startY, endX, endY) - thickness);
        }
    }

    private static double distanceToStroke(double x, double y, double x0, double y0, double x1, double y1) {
        double lengthSquared = (x1 - x0) * (x1 - x0) + (y1 - y0) * (y1 - y0);
        double along = lengthSquared == 0 ? 0 : ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / lengthSquared;
        double clamped = Math.max(0, Math.min(1, along));
        return Math.hypot(x - x0 - clamped * (x1 - x0), y - y0 - clamped * (y1 - y0));
    }

    /** An outline's signed distance, in shares of the side. */
    @FunctionalInterface
    private interface Outline {
        double distance(double x, double y);
    }

    /** Covers each pixel by the share of it inside the outline, taken as a ramp one pixel wide across the edge. */
    private void fill(Texture texture, Outline outline) {
        for (int row = 0; row < side; row++) {
            double y = (row + 0.5) / side;
            for (int column = 0; column < side; column++) {
                double x = (column + 0.5) / side;
                double coverage = Math.max(0, Math.min(1, 0.5 - outline.distance(x, y) * side));
                if (coverage > 0) {
                    blend((row * side + column) * 3, coverage, texture.at(x, y));
                }
            }
        }
    }

    private void blend(int at, double coverage, Colour colour) {
        canvas[at] += (float) (coverage * (colour.red() - canvas[at]));
        canvas[at + 1] += (float) (coverage * (colour.green() - canvas[at + 1]));
        canvas[at + 2] += (float) (coverage * (colour.blue() - canvas[at + 2]));
    }

    private byte[] finished() {
        byte[] pixels = new byte[canvas.length];
        for (int i = 0; i < pixels.length; i++) {
            long value = Math.round(canvas[i] + NOISE * random.nextGaussian());
            pixels[i] = (byte) Math.max(0, Math.min(255, value));
        }
        return pixels;
    }

    private Colour randomColour() {
        return Colour.random(random, DARKEST, BRIGHTEST);
    }

    private Colour contrastingColour(Colour other) {
        return Colour.contrasting(random, DARKEST, BRIGHTEST, other, LEAST_CONTRAST);
    }

    private double uniform(double low, double high) {
        return low + (high - low) * random.nextDouble();
    }
}
