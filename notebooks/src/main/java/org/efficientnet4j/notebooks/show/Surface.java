package org.efficientnet4j.notebooks.show;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleBinaryOperator;

/** Function over the unit square, sampled on a grid and linear in between. */
final class Surface {
    private final double[][] values;
    private final double least;
    private final double most;

    private Surface(double[][] values, double least, double most) {
        this.values = values;
        this.least = least;
        this.most = most;
    }

    /** Piece of a contour line, in shares of the square's sides. */
    record Segment(double fromX, double fromY, double toX, double toY) {}

    /**
     * Samples a function.
     *
     * @param columns samples along x, at least 2
     * @param rows samples along y, at least 2
     */
    static Surface sample(int columns, int rows, DoubleBinaryOperator function) {
        double[][] values = new double[columns][rows];
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < columns; i++) {
            for (int j = 0; j < rows; j++) {
                values[i][j] = function.applyAsDouble(i / (columns - 1.0), j / (rows - 1.0));
                least = Math.min(least, values[i][j]);
                most = Math.max(most, values[i][j]);
            }
        }
        return new Surface(values, least, most);
    }

    double least() {
        return least;
    }

    double most() {
        return most;
    }

    /** Place of a value between the least and the most, 0 to 1. */
    double share(double value) {
        return most > least ? (value - least) / (most - least) : 0.5;
    }

    /** Value at a point of the square. */
    double at(double x, double y) {
        double column = x * (values.length - 1);
        double row = y * (values[0].length - 1);
        int i = (int) Math.min(values.length - 2, Math.floor(column));
        int j = (int) Math.min(values[0].length - 2, Math.floor(row));
        double restX = column - i;
        double restY = row - j;
        return (values[i][j] * (1 - restX) + values[i + 1][j] * restX) * (1 - restY)
                + (values[i][j + 1] * (1 - restX) + values[i + 1][j + 1] * restX) * restY;
    }

    /** The line where the surface has a value: marching triangles, two a cell, which have no ambiguous case. */
    List<Segment> contour(double level) {
        List<Segment> segments = new ArrayList<>();
        for (int i = 0; i < values.length - 1; i++) {
            for (int j = 0; j < values[0].length - 1; j++) {
                triangle(segments, level, new int[][] {{i, j}, {i + 1, j}, {i + 1, j + 1}});
                triangle(segments, level, new int[][] {{i, j}, {i + 1, j + 1}, {i, j + 1}});
            }
        }
        return segments;
    }

    private void triangle(List<Segment> segments, double level, int[][] corners) {
        List<double[]> crossings = new ArrayList<>();
        for (int side = 0; side < corners.length; side++) {
            int[] from = corners[side];
            int[] to = corners[(side + 1) % corners.length];
            double a = values[from[0]][from[1]];
            double b = values[to[0]][to[1]];
            if (a < level == b < level) {
                continue;
            }
            double share = (level - a) / (b - a);
            crossings.add(new double[] {
                (from[0] + share * (to[0] - from[0])) / (values.length - 1),
                (from[1] + share * (to[1] - from[1])) / (values[0].length - 1)
            });
        }
        if (crossings.size() == 2) {
            segments.add(new Segment(
                    crossings.get(0)[0],
                    crossings.get(0)[1],
                    crossings.get(1)[0],
                    crossings.get(1)[1]));
        }
    }
}
