package org.efficientnet4j.notebooks.show;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.function.Consumer;

/** White picture to draw on, with smooth lines and text. */
final class Canvas {
    static final Font SANS = new Font(Font.SANS_SERIF, Font.PLAIN, 14);
    static final Font SMALL = SANS.deriveFont(13f);
    static final Font BOLD = SANS.deriveFont(Font.BOLD, 14f);
    static final Font TITLE = SANS.deriveFont(Font.BOLD, 16f);

    private final Graphics2D graphics;

    private Canvas(Graphics2D graphics) {
        this.graphics = graphics;
    }

    /** Draws a picture. */
    static BufferedImage draw(int width, int height, Consumer<Canvas> painter) {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, width, height);
            painter.accept(new Canvas(graphics));
        } finally {
            graphics.dispose();
        }
        return picture;
    }

    /** Width of a text in pixels. */
    static int width(String text, Font font) {
        BufferedImage any = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = any.createGraphics();
        try {
            return graphics.getFontMetrics(font).stringWidth(text);
        } finally {
            graphics.dispose();
        }
    }

    Graphics2D graphics() {
        return graphics;
    }

    /** Horizontal alignment of a text to its x. */
    enum Align {
        LEFT,
        CENTRE,
        RIGHT
    }

    /** Writes a text whose middle height is y. */
    void text(String text, Font font, Color colour, double x, double y, Align align) {
        graphics.setFont(font);
        graphics.setColor(colour);
        FontMetrics metrics = graphics.getFontMetrics();
        double width = metrics.stringWidth(text);
        double left =
                switch (align) {
                    case LEFT -> x;
                    case CENTRE -> x - width / 2;
                    case RIGHT -> x - width;
                };
        graphics.drawString(text, (float) left, (float) (y + (metrics.getAscent() - metrics.getDescent()) / 2.0));
    }

    /** Writes a text from bottom to top, centred at a point. */
    void upright(String text, Font font, Color colour, double x, double y) {
        graphics.rotate(-Math.PI / 2, x, y);
        text(text, font, colour, x, y, Align.CENTRE);
        graphics.rotate(Math.PI / 2, x, y);
    }

    void fill(Color colour, int x, int y, int width, int height) {
        graphics.setColor(colour);
        graphics.fillRect(x, y, width, height);
    }

    void frame(Color colour, int x, int y, int width, int height) {
        graphics.setColor(colour);
        graphics.setStroke(new BasicStroke(1));
        graphics.drawRect(x, y, width, height);
    }

    void line(Color colour, double thickness, double fromX, double fromY, double toX, double toY) {
        graphics.setColor(colour);
        graphics.setStroke(new BasicStroke((float) thickness, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        graphics.draw(new java.awt.geom.Line2D.Double(fromX, fromY, toX, toY));
    }
}
