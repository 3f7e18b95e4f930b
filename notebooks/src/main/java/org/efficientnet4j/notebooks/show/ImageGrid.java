package org.efficientnet4j.notebooks.show;

import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.efficientnet4j.notebooks.show.Canvas.Align;

/** Rows of images, each row with a name and each image with a caption. */
public final class ImageGrid implements Figure {
    private static final int MARGIN = 16;
    private static final int GAP = 12;
    private static final int TITLE = 34;
    private static final int CAPTION = 22;
    private static final int LEAST_WIDTH = 420;

    private final String title;
    private final int tile;
    private final boolean trueSize;
    private final List<Row> rows = new ArrayList<>();

    /**
     * Image of a row.
     *
     * @param picture of any size
     * @param caption below it; empty for none
     */
    public record Tile(BufferedImage picture, String caption) {}

    private record Row(String name, List<Tile> tiles) {}

    private ImageGrid(String title, int tile, boolean trueSize) {
        this.title = title;
        this.tile = tile;
        this.trueSize = trueSize;
    }

    /**
     * A grid whose images are all enlarged to the same side.
     *
     * @param side of each image, in pixels
     */
    public static ImageGrid of(String title, int side) {
        return new ImageGrid(title, side, false);
    }

    /**
     * A grid whose images keep their sizes relative to each other, so that growth is seen.
     *
     * @param side of the room for each image, in pixels; larger images are made smaller
     */
    public static ImageGrid inProportion(String title, int side) {
        return new ImageGrid(title, side, true);
    }

    /** Adds a row. */
    public ImageGrid row(String name, List<Tile> tiles) {
        rows.add(new Row(name, List.copyOf(tiles)));
        return this;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public BufferedImage picture() {
        int names = rows.stream()
                .mapToInt(row -> row.name().isEmpty() ? 0 : Canvas.width(row.name(), Canvas.BOLD) + GAP)
                .max()
                .orElse(0);
        int columns = rows.stream().mapToInt(row -> row.tiles().size()).max().orElse(0);
        boolean captions = rows.stream().anyMatch(row -> row.tiles().stream()
                .anyMatch(one -> !one.caption().isEmpty()));
        int step = tile + (captions ? CAPTION : 0) + GAP;
        int width = Math.max(
                LEAST_WIDTH,
                Math.max(
                        2 * MARGIN + Canvas.width(title, Canvas.TITLE),
                        2 * MARGIN + names + columns * (tile + GAP) - GAP));
        int height = 2 * MARGIN + TITLE + rows.size() * step - GAP;
        return Canvas.draw(width, height, canvas -> {
            canvas.text(title, Canvas.TITLE, Palette.INK, MARGIN, MARGIN + TITLE / 2.0 - 4, Align.LEFT);
            for (int row = 0; row < rows.size(); row++) {
                draw(canvas, rows.get(row), MARGIN + names, MARGIN + TITLE + row * step);
            }
        });
    }

    private void draw(Canvas canvas, Row row, int left, int top) {
        canvas.text(row.name(), Canvas.BOLD, Palette.INK, MARGIN, top + tile / 2.0, Align.LEFT);
        int largest = rows.stream()
                .flatMap(one -> one.tiles().stream())
                .mapToInt(
                        one -> Math.max(one.picture().getWidth(), one.picture().getHeight()))
                .max()
                .orElse(1);
        for (int column = 0; column < row.tiles().size(); column++) {
            Tile one = row.tiles().get(column);
            int from = left + column * (tile + GAP);
            double factor = (double) tile
                    / (trueSize
                            ? largest
                            : Math.max(one.picture().getWidth(), one.picture().getHeight()));
            int width = (int) Math.round(one.picture().getWidth() * factor);
            int height = (int) Math.round(one.picture().getHeight() * factor);
            canvas.graphics()
                    .setRenderingHint(
                            RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
            canvas.graphics().drawImage(one.picture(), from, top + tile - height, width, height, null);
            canvas.frame(Palette.FRAME, from - 1, top + tile - height - 1, width + 1, height + 1);
            canvas.text(one.caption(), Canvas.SMALL, Palette.FAINT, from + tile / 2.0, top + tile + 11, Align.CENTRE);
        }
    }
}
