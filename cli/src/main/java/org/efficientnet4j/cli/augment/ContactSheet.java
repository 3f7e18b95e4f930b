package org.efficientnet4j.cli.augment;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** A picture of rows of images of one size, with a title, a heading over each column and captions. */
final class ContactSheet {
    private static final int MARGIN = 28;
    private static final int GAP = 14;
    private static final int NAMES = 150;
    private static final int TITLE = 62;
    private static final int HEADINGS = 28;
    private static final int CAPTION = 26;
    private static final Color INK = new Color(0x1f2933);
    private static final Color FAINT = new Color(0x6b7885);
    private static final Color FRAME = new Color(0xd5dbe1);
    private static final Font SANS = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
    private static final Font SMALL = SANS.deriveFont(11.5f);
    private static final Font BOLD = SANS.deriveFont(Font.BOLD, 14f);
    private static final Font LARGE = SANS.deriveFont(Font.BOLD, 19f);

    private final String title;
    private final String subtitle;
    private final List<String> headings;
    private final int size;
    private final List<Row> rows = new ArrayList<>();

    /**
     * An image of a row.
     *
     * @param picture of the sheet's size
     * @param caption below it; empty for none
     */
    record Tile(BufferedImage picture, String caption) {}

    private record Row(String name, String detail, List<Tile> tiles) {}

    /** @param size height and width of each image, in pixels */
    ContactSheet(String title, String subtitle, List<String> headings, int size) {
        this.title = title;
        this.subtitle = subtitle;
        this.headings = List.copyOf(headings);
        this.size = size;
    }

    /** Adds a row; as many tiles as there are headings. */
    void row(String name, String detail, List<Tile> tiles) {
        rows.add(new Row(name, detail, List.copyOf(tiles)));
    }

    /** Returns whether there is no row yet. */
    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** The sheet so far. */
    BufferedImage draw() {
        int width = 2 * MARGIN + NAMES + headings.size() * (size + GAP) - GAP;
        int height = 2 * MARGIN + TITLE + HEADINGS + rows.size() * (size + CAPTION + GAP) - GAP;
        BufferedImage sheet = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = sheet.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, width, height);
            text(graphics, title, LARGE, INK, MARGIN, MARGIN + 16, width - 2 * MARGIN);
            text(graphics, subtitle, SANS, FAINT, MARGIN, MARGIN + 38, width - 2 * MARGIN);
            for (int column = 0; column < headings.size(); column++) {
                text(graphics, headings.get(column), BOLD, INK, left(column), MARGIN + TITLE + 16, size);
            }
            int top = MARGIN + TITLE + HEADINGS;
            for (Row row : rows) {
                draw(graphics, row, top);
                top += size + CAPTION + GAP;
            }
        } finally {
            graphics.dispose();
        }
        return sheet;
    }

    private int left(int column) {
        return MARGIN + NAMES + column * (size + GAP);
    }

    private void draw(Graphics2D graphics, Row row, int top) {
        text(graphics, row.name(), BOLD, INK, MARGIN, top + size / 2 - 2, NAMES - GAP);
        text(graphics, row.detail(), SMALL, FAINT, MARGIN, top + size / 2 + 16, NAMES - GAP);
        for (int column = 0; column < row.tiles().size(); column++) {
            Tile tile = row.tiles().get(column);
            graphics.drawImage(tile.picture(), left(column), top, null);
            graphics.setColor(FRAME);
            graphics.drawRect(left(column) - 1, top - 1, size + 1, size + 1);
            text(graphics, tile.caption(), SMALL, FAINT, left(column), top + size + 17, size);
        }
    }

    /** Cut with dots where it is too wide. */
    private static void text(Graphics2D graphics, String text, Font font, Color colour, int x, int y, int width) {
        graphics.setFont(font);
        graphics.setColor(colour);
        FontMetrics metrics = graphics.getFontMetrics();
        String shown = text;
        while (shown.length() > 1 && metrics.stringWidth(shown) > width) {
            shown = shown.substring(0, shown.length() - (shown.endsWith("\u2026") ? 2 : 1)) + "\u2026";
        }
        graphics.drawString(shown, x, y);
    }
}
