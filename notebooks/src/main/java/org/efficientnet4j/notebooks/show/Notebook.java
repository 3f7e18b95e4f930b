package org.efficientnet4j.notebooks.show;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Iterator;
import java.util.Locale;
import java.util.UUID;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.rapaio.jupyter.kernel.MainApp;
import org.rapaio.jupyter.kernel.display.DisplayData;

/** Output of a notebook's cells. */
public final class Notebook {
    /** The beginning of each output that another machine may give otherwise, which tests leave out. */
    public static final String MEASURED = "(measured by this run)";

    private Notebook() {}

    /**
     * Prints a line, numbers in English notation.
     *
     * @param format as {@link String#format} takes it
     */
    public static void line(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    /**
     * Prints a line of figures that another machine may give otherwise: of trainings and times.
     *
     * @param format as {@link String#format} takes it
     */
    public static void measured(String format, Object... values) {
        String text = String.format(Locale.ROOT, format, values);
        publish(DisplayData.withType("text/plain", MEASURED + " " + text));
    }

    /** Shows a table of figures that another machine may give otherwise: of trainings and times. */
    public static void measured(Table table) {
        DisplayData output = DisplayData.fromHtml(table.html() + "<p><small>" + MEASURED + "</small></p>");
        output.putText(MEASURED + "\n" + table.text());
        publish(output);
    }

    /** Shows a figure. */
    public static void display(Figure figure) {
        DisplayData output =
                DisplayData.withType("image/png", Base64.getEncoder().encodeToString(png(figure.picture())));
        output.putText("[figure: " + figure.title() + "]");
        publish(output);
    }

    /** Shows a table. */
    public static void display(Table table) {
        DisplayData output = DisplayData.fromHtml(table.html());
        output.putText(table.text());
        publish(output);
    }

    private static void publish(DisplayData output) {
        if (MainApp.kernel == null) { // run outside of Jupyter
            System.out.println(output.data().get("text/plain"));
            return;
        }
        output.setDisplayId(UUID.randomUUID().toString());
        MainApp.kernel.display(output);
    }

    /** A picture as a PNG file, packed as small as it gets. */
    static byte[] png(BufferedImage picture) {
        Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName("png");
        ImageWriter writer = writers.next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(stream);
            ImageWriteParam settings = writer.getDefaultWriteParam();
            if (settings.canWriteCompressed()) {
                settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                settings.setCompressionQuality(0); // of a lossless format: the smallest file
            }
            writer.write(null, new IIOImage(picture, null, null), settings);
        } catch (IOException e) {
            throw new UncheckedIOException("An array in memory must be writable", e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
