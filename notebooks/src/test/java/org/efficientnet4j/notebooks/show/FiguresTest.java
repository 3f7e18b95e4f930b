package org.efficientnet4j.notebooks.show;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.efficientnet4j.notebooks.show.HeatMap.Axis;
import org.efficientnet4j.notebooks.show.ImageGrid.Tile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FiguresTest {
    static Stream<Figure> figures() {
        return Stream.of(
                Plot.of("a").axes("x", "y").line("one", List.of(1, 2), List.of(1, 2), List.of(0.1, 0.1)),
                Bars.of("a", List.of("g", "h")).bars("one", List.of(1, 2)).bars("two", List.of(2, 1)),
                HeatMap.of("a", new Axis("x", 0, 1), new Axis("y", 0, 1), (x, y) -> x)
                        .contour(0.5, "half")
                        .mark(0.2, 0.2, "m"),
                ImageGrid.of("a", 40).row("r", List.of(new Tile(plain(4, Color.RED), "c"))),
                BlockDiagram.of("a", 8, 16)
                        .layer("expand", "1x1", 48, 16)
                        .layer("project", "1x1", 8, 16)
                        .shortcut());
    }

    @ParameterizedTest
    @MethodSource("figures")
    void isWhiteAndLargeEnoughAndDrawn(Figure figure) throws IOException {
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(Notebook.png(figure.picture())));

        assertTrue(picture.getWidth() >= 400);
        assertEquals(Color.WHITE.getRGB(), picture.getRGB(0, 0));
        long other = 0;
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                other += picture.getRGB(x, y) == Color.WHITE.getRGB() ? 0 : 1;
            }
        }
        assertTrue(other > 500, "must draw something, found " + other + " coloured pixels");
    }

    @Test
    void heatMapGoesFromDarkToBright() {
        BufferedImage picture = HeatMap.of("a", new Axis("x", 0, 1), new Axis("y", 0, 1), (x, y) -> x)
                .picture();

        Color first = new Color(picture.getRGB(79, 200)); // half a pixel from the left end, viridis' 0x440154
        assertTrue(Math.abs(first.getRed() - 0x44) <= 1 && Math.abs(first.getGreen() - 1) <= 1, first.toString());
        assertTrue(new Color(picture.getRGB(636, 200)).getRed() > 230, "and ends with yellow");
    }

    @Test
    void imagesKeepTheirProportions() {
        BufferedImage grid = ImageGrid.inProportion("a", 100)
                .row("", List.of(new Tile(plain(10, Color.RED), ""), new Tile(plain(20, Color.BLUE), "")))
                .picture();

        assertEquals(50 * 50, count(grid, Color.RED));
        assertEquals(100 * 100, count(grid, Color.BLUE));
    }

    @Test
    void tableEscapesAndAlignsNumbers() {
        Table table = Table.of("name", "count").row("a<b", 12345).row("c", 7);

        assertTrue(table.html().contains("<td style=\"text-align: left\">a&lt;b</td>"));
        assertTrue(table.html().contains("<td style=\"text-align: right\">12,345</td>"));
        assertEquals("name   count\na<b   12,345\nc          7", table.text());
        assertThrows(IllegalArgumentException.class, () -> table.row("too few"));
    }

    private static BufferedImage plain(int side, Color colour) {
        BufferedImage picture = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < side * side; i++) {
            picture.setRGB(i % side, i / side, colour.getRGB());
        }
        return picture;
    }

    private static int count(BufferedImage picture, Color colour) {
        int found = 0;
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                found += picture.getRGB(x, y) == colour.getRGB() ? 1 : 0;
            }
        }
        return found;
    }
}
