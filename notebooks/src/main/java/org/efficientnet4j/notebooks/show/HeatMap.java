package org.efficientnet4j.notebooks.show;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import org.efficientnet4j.notebooks.show.Canvas.Align;

/** Surface over two axes as colours, with contour lines and marked points. */
public final class HeatMap implements Figure {
    private static final int LEFT = 78;
    private static final int TOP = 46;
    private static final int PLOT_WIDTH = 560;
    private static final int PLOT_HEIGHT = 400;
    private static final int WIDTH = 820;
    private static final int HEIGHT = TOP + PLOT_HEIGHT + 74;
    private static final int SCALE_LEFT = LEFT + PLOT_WIDTH + 34;
    private static final int SCALE_WIDTH = 22;

    private final String title;
    private final Axis x;
    private final Axis y;
    private final DoubleBinaryOperator surface;
    private String meaning = "";
    private final List<Contour> contours = new ArrayList<>();
    private final List<Mark> marks = new ArrayList<>();

    /**
     * Range of an axis.
     *
     * @param name its title
     * @param from its first value
     * @param to its last value, above the first
     */
    public record Axis(String name, double from, double to) {
        double at(double share) {
            return from + (to - from) * share;
        }

        double share(double value) {
            return (value - from) / (to - from);
        }
    }

    private record Contour(double level, String label) {}

    private record Mark(double x, double y, String label) {}

    private HeatMap(String title, Axis x, Axis y, DoubleBinaryOperator surface) {
        this.title = title;
        this.x = x;
        this.y = y;
        this.surface = surface;
    }

    /**
     * A map of a function.
     *
     * @param surface the value at x and y
     */
    public static HeatMap of(String title, Axis x, Axis y, DoubleBinaryOperator surface) {
        return new HeatMap(title, x, y, surface);
    }

    /** Names the colours' meaning. */
    public HeatMap colours(String name) {
        meaning = name;
        return this;
    }

    /** Draws the line along which the surface has a value. */
    public HeatMap contour(double level, String label) {
        contours.add(new Contour(level, label));
        return this;
    }

    /** Marks a point. */
    public HeatMap mark(double atX, double atY, String label) {
        marks.add(new Mark(atX, atY, label));
        return this;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public BufferedImage picture() {
        Surface values = Surface.sample(
                PLOT_WIDTH / 4 + 1, PLOT_HEIGHT / 4 + 1, (i, j) -> surface.applyAsDouble(x.at(i), y.at(j)));
        return Canvas.draw(WIDTH, HEIGHT, canvas -> {
            canvas.text(title, Canvas.TITLE, Palette.INK, LEFT + PLOT_WIDTH / 2.0, TOP / 2.0, Align.CENTRE);
            colours(canvas, values);
            axes(canvas);
            scale(canvas, values);
            canvas.graphics().setClip(LEFT, TOP, PLOT_WIDTH, PLOT_HEIGHT);
            contours.forEach(contour -> draw(canvas, values, contour));
            canvas.graphics().setClip(null);
            marks.forEach(mark -> draw(canvas, mark));
        });
    }

    private void colours(Canvas canvas, Surface values) {
        for (int column = 0; column < PLOT_WIDTH; column++) {
            for (int row = 0; row < PLOT_HEIGHT; row++) {
                double value = values.at((column + 0.5) / PLOT_WIDTH, 1 - (row + 0.5) / PLOT_HEIGHT);
                canvas.fill(Palette.scale(values.share(value)), LEFT + column, TOP + row, 1, 1);
            }
        }
    }

    private void axes(Canvas canvas) {
        canvas.frame(Palette.FAINT, LEFT - 1, TOP - 1, PLOT_WIDTH + 1, PLOT_HEIGHT + 1);
        for (double tick : Ticks.between(x.from(), x.to())) {
            double at = LEFT + x.share(tick) * PLOT_WIDTH;
            canvas.line(Palette.FAINT, 1, at, TOP + PLOT_HEIGHT, at, TOP + PLOT_HEIGHT + 5);
            canvas.text(Ticks.text(tick), Canvas.SMALL, Palette.INK, at, TOP + PLOT_HEIGHT + 17, Align.CENTRE);
        }
        for (double tick : Ticks.between(y.from(), y.to())) {
            double at = TOP + (1 - y.share(tick)) * PLOT_HEIGHT;
            canvas.line(Palette.FAINT, 1, LEFT - 5, at, LEFT, at);
            canvas.text(Ticks.text(tick), Canvas.SMALL, Palette.INK, LEFT - 10, at, Align.RIGHT);
        }
        canvas.text(x.name(), Canvas.BOLD, Palette.INK, LEFT + PLOT_WIDTH / 2.0, TOP + PLOT_HEIGHT + 48, Align.CENTRE);
        canvas.upright(y.name(), Canvas.BOLD, Palette.INK, 22, TOP + PLOT_HEIGHT / 2.0);
    }

    private void scale(Canvas canvas, Surface values) {
        for (int row = 0; row < PLOT_HEIGHT; row++) {
            canvas.fill(Palette.scale(1 - (row + 0.5) / PLOT_HEIGHT), SCALE_LEFT, TOP + row, SCALE_WIDTH, 1);
        }
        canvas.frame(Palette.FAINT, SCALE_LEFT - 1, TOP - 1, SCALE_WIDTH + 1, PLOT_HEIGHT + 1);
        for (double tick : Ticks.between(values.least(), values.most())) {
            double at = TOP + (1 - values.share(tick)) * PLOT_HEIGHT;
            canvas.text(Ticks.text(tick), Canvas.SMALL, Palette.INK, SCALE_LEFT + SCALE_WIDTH + 8, at, Align.LEFT);
        }
        canvas.upright(meaning, Canvas.BOLD, Palette.INK, WIDTH - 22, TOP + PLOT_HEIGHT / 2.0);
    }

    private void draw(Canvas canvas, Surface values, Contour contour) {
        List<Surface.Segment> segments = values.contour(contour.level());
        for (Surface.Segment segment : segments) {
            canvas.line(
                    Color.WHITE,
                    2.5,
                    LEFT + segment.fromX() * PLOT_WIDTH,
                    TOP + (1 - segment.fromY()) * PLOT_HEIGHT,
                    LEFT + segment.toX() * PLOT_WIDTH,
                    TOP + (1 - segment.toY()) * PLOT_HEIGHT);
        }
        if (!segments.isEmpty()) {
            Surface.Segment middle = segments.get(segments.size() / 2);
            label(
                    canvas,
                    contour.label(),
                    LEFT + middle.fromX() * PLOT_WIDTH,
                    TOP + (1 - middle.fromY()) * PLOT_HEIGHT);
        }
    }

    private void draw(Canvas canvas, Mark mark) {
        double atX = LEFT + x.share(mark.x()) * PLOT_WIDTH;
        double atY = TOP + (1 - y.share(mark.y())) * PLOT_HEIGHT;
        Ellipse2D dot = new Ellipse2D.Double(atX - 6, atY - 6, 12, 12);
        canvas.graphics().setColor(Palette.series(1));
        canvas.graphics().fill(dot);
        canvas.graphics().setColor(Color.WHITE);
        canvas.graphics().setStroke(new BasicStroke(2));
        canvas.graphics().draw(dot);
        if (!mark.label().isEmpty()) {
            label(canvas, mark.label(), atX, atY - 20);
        }
    }

    private static void label(Canvas canvas, String text, double centreX, double centreY) {
        int width = Canvas.width(text, Canvas.BOLD) + 12;
        double left = Math.min(LEFT + PLOT_WIDTH - width - 4.0, Math.max(LEFT + 4.0, centreX - width / 2.0));
        double top = Math.min(TOP + PLOT_HEIGHT - 26.0, Math.max(TOP + 4.0, centreY - 11));
        canvas.fill(Color.WHITE, (int) left, (int) top, width, 22);
        canvas.text(text, Canvas.BOLD, Palette.INK, left + 6, top + 11, Align.LEFT);
    }
}
