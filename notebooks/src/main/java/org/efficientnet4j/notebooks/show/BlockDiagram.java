package org.efficientnet4j.notebooks.show;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Polygon;
import java.awt.geom.QuadCurve2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.efficientnet4j.notebooks.show.Canvas.Align;

/**
 * A block of layers from left to right: feature maps as boxes, as high as the map has pixels and as wide as it has
 * channels, layers as arrows between them.
 */
public final class BlockDiagram implements Figure {
    private static final int MARGIN = 20;
    private static final int TITLE = 40;
    private static final int ARROW = 112;
    private static final int TALLEST = 120;
    private static final int WIDEST = 96;
    private static final int SHORTCUT = 34;
    private static final int TEXT = 64;
    private static final int LEAST = 6;
    private static final int LEAST_WIDTH = 480;

    private final String title;
    private final List<Map> maps = new ArrayList<>();
    private final List<Layer> layers = new ArrayList<>();
    private boolean shortcut;

    private record Map(int channels, int size) {}

    private record Layer(String name, String detail) {}

    private BlockDiagram(String title) {
        this.title = title;
    }

    /** A diagram that begins with a map of so many channels and pixels a side. */
    public static BlockDiagram of(String title, int channels, int size) {
        BlockDiagram diagram = new BlockDiagram(title);
        diagram.maps.add(new Map(channels, size));
        return diagram;
    }

    /**
     * Adds a layer and the map it makes.
     *
     * @param name such as {@code expand 1x1}, above the arrow
     * @param detail such as its weights, below the arrow
     */
    public BlockDiagram layer(String name, String detail, int channels, int size) {
        layers.add(new Layer(name, detail));
        maps.add(new Map(channels, size));
        return this;
    }

    /** Adds the input onto the output: a residual connection. */
    public BlockDiagram shortcut() {
        shortcut = true;
        return this;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public BufferedImage picture() {
        int[] lefts = new int[maps.size()];
        int right = MARGIN + 24;
        for (int i = 0; i < maps.size(); i++) {
            lefts[i] = right;
            right += width(maps.get(i)) + (i < layers.size() ? ARROW : 0);
        }
        int top = MARGIN + TITLE + (shortcut ? SHORTCUT : 0);
        int width = Math.max(LEAST_WIDTH, Math.max(right + 24, Canvas.width(title, Canvas.TITLE)) + MARGIN);
        int height = top + TALLEST + TEXT;
        return Canvas.draw(width, height, canvas -> {
            canvas.text(title, Canvas.TITLE, Palette.INK, MARGIN, MARGIN + 6, Align.LEFT);
            int middle = top + TALLEST / 2;
            for (int i = 0; i < layers.size(); i++) {
                arrow(canvas, layers.get(i), lefts[i] + width(maps.get(i)) + 6, lefts[i + 1] - 6, middle);
            }
            if (shortcut) {
                shortcut(canvas, lefts, top);
            }
            for (int i = 0; i < maps.size(); i++) {
                map(canvas, maps.get(i), lefts[i], middle, top);
            }
            canvas.text(
                    "height of a box: pixels of the map's side; width: channels",
                    Canvas.SMALL,
                    Palette.FAINT,
                    MARGIN,
                    height - 14,
                    Align.LEFT);
        });
    }

    private int width(Map map) {
        int most = maps.stream().mapToInt(Map::channels).max().orElseThrow();
        return Math.max(LEAST, (int) Math.round((double) WIDEST * map.channels() / most));
    }

    private int height(Map map) {
        int most = maps.stream().mapToInt(Map::size).max().orElseThrow();
        return Math.max(LEAST, (int) Math.round((double) TALLEST * map.size() / most));
    }

    private void map(Canvas canvas, Map map, int left, int middle, int top) {
        int height = height(map);
        canvas.fill(new Color(0x9CC9E8), left, middle - height / 2, width(map), height);
        canvas.frame(Palette.series(0), left, middle - height / 2, width(map), height);
        double centre = left + width(map) / 2.0;
        canvas.text(map.channels() + " ch", Canvas.SMALL, Palette.INK, centre, top + TALLEST + 14, Align.CENTRE);
        canvas.text(
                map.size() + " x " + map.size(), Canvas.SMALL, Palette.FAINT, centre, top + TALLEST + 30, Align.CENTRE);
    }

    private static void arrow(Canvas canvas, Layer layer, double from, double to, double y) {
        canvas.line(Palette.INK, 2, from, y, to - 4, y);
        head(canvas, to, y, true);
        double centre = (from + to) / 2;
        canvas.text(layer.name(), Canvas.BOLD, Palette.INK, centre, y - 14, Align.CENTRE);
        canvas.text(layer.detail(), Canvas.SMALL, Palette.FAINT, centre, y + 14, Align.CENTRE);
    }

    private static void head(Canvas canvas, double x, double y, boolean rightwards) {
        int tip = (int) Math.round(x);
        int at = (int) Math.round(y);
        canvas.graphics().setColor(rightwards ? Palette.INK : Palette.series(1));
        canvas.graphics()
                .fill(
                        rightwards
                                ? new Polygon(new int[] {tip, tip - 9, tip - 9}, new int[] {at, at - 5, at + 5}, 3)
                                : new Polygon(new int[] {tip, tip - 5, tip + 5}, new int[] {at, at - 9, at - 9}, 3));
    }

    private void shortcut(Canvas canvas, int[] lefts, int top) {
        int last = maps.size() - 1;
        double from = lefts[0] + width(maps.get(0)) / 2.0;
        double to = lefts[last] + width(maps.get(last)) / 2.0;
        double start = top + (TALLEST - height(maps.get(0))) / 2.0;
        double end = top + (TALLEST - height(maps.get(last))) / 2.0;
        canvas.graphics().setColor(Palette.series(1));
        canvas.graphics().setStroke(new BasicStroke(2.5f));
        double bend = top - 2.0 * SHORTCUT + 6;
        canvas.graphics().draw(new QuadCurve2D.Double(from, start, (from + to) / 2, bend, to, end - 7));
        head(canvas, to, end, false);
        canvas.text("+ input", Canvas.BOLD, Palette.series(1), (from + to) / 2, top - 30.0 + 4, Align.CENTRE);
    }
}
