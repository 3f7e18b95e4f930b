package org.efficientnet4j.report;

import java.util.Locale;
import java.util.stream.Collectors;
import org.efficientnet4j.core.text.Printable;

/** Draws one SVG picture; colours are CSS classes or values. */
public final class Svg {
    private final StringBuilder elements = new StringBuilder();
    private final int width;
    private final int height;

    /** An empty picture of so many units. */
    public Svg(int width, int height) {
        this.width = width;
        this.height = height;
    }

    /** Text made safe for HTML and SVG; characters that steer how others are shown are escaped, line feeds are kept. */
    public static String escape(String text) {
        String shown = text.lines().map(Printable::line).collect(Collectors.joining("\n"));
        return (text.endsWith("\n") ? shown + "\n" : shown)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** A number with at most two decimals. */
    public static String number(double value) {
        String text = String.format(Locale.ROOT, "%.2f", value);
        return text.replaceFirst("\\.?0+$", "");
    }

    /** A straight line. */
    public Svg line(double x1, double y1, double x2, double y2, String style) {
        return add("<line x1='%s' y1='%s' x2='%s' y2='%s' %s/>", number(x1), number(y1), number(x2), number(y2), style);
    }

    /** A circle that shows a text when pointed at. */
    public Svg circle(double x, double y, double radius, String style, String tip) {
        return add(
                "<circle cx='%s' cy='%s' r='%s' %s><title>%s</title></circle>",
                number(x), number(y), number(radius), style, escape(tip));
    }

    /** A rectangle that shows a text when pointed at. */
    public Svg rectangle(double x, double y, double w, double h, String style, String tip) {
        return add(
                "<rect x='%s' y='%s' width='%s' height='%s' %s><title>%s</title></rect>",
                number(x), number(y), number(w), number(h), style, escape(tip));
    }

    /** A line through points given as x, y, x, y ... */
    public Svg polyline(double[] points, String style, String tip) {
        StringBuilder list = new StringBuilder();
        for (int i = 0; i + 1 < points.length; i += 2) {
            list.append(number(points[i]))
                    .append(',')
                    .append(number(points[i + 1]))
                    .append(' ');
        }
        return add(
                "<polyline points='%s' %s><title>%s</title></polyline>",
                list.toString().strip(), style, escape(tip));
    }

    /** Text at a point; {@code anchor} is start, middle or end. */
    public Svg text(double x, double y, String anchor, String style, String text) {
        return add(
                "<text x='%s' y='%s' text-anchor='%s' %s>%s</text>", number(x), number(y), anchor, style, escape(text));
    }

    /** Text written upwards, for a vertical axis. */
    public Svg upwards(double x, double y, String style, String text) {
        String place = number(x) + "," + number(y);
        return add(
                "<text transform='translate(%s) rotate(-90)' text-anchor='middle' %s>%s</text>",
                place, style, escape(text));
    }

    /** Text written upwards from where it begins, for a column's head. */
    public Svg upwardsFrom(double x, double y, String style, String text) {
        String place = number(x) + "," + number(y);
        return add("<text transform='translate(%s) rotate(-90)' %s>%s</text>", place, style, escape(text));
    }

    private Svg add(String format, Object... values) {
        elements.append(String.format(Locale.ROOT, format, values)).append('\n');
        return this;
    }

    @Override
    public String toString() {
        return "<svg viewBox='0 0 " + width + " " + height + "' role='img'>\n" + elements + "</svg>\n";
    }
}
