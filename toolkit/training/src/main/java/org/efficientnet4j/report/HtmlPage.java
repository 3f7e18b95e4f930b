package org.efficientnet4j.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** An HTML page that needs no other file: a title, a style sheet from the class path, and sections. */
public final class HtmlPage {
    private final String title;
    private final String style;
    private final StringBuilder body = new StringBuilder();

    /**
     * A page without content.
     *
     * @param title its title and heading
     * @param owner the class beside which the style sheet lies
     * @param style file name of the style sheet
     */
    public HtmlPage(String title, Class<?> owner, String style) {
        this.title = title;
        this.style = resource(owner, style);
    }

    /** Adds an element. */
    public HtmlPage add(Html element) {
        body.append(element).append('\n');
        return this;
    }

    /** Adds the heading with what stands below it. */
    public HtmlPage header(Html below) {
        return add(Html.element("header").add(Html.element("h1", title), below));
    }

    /**
     * Adds a section.
     *
     * @param kind CSS class, such as {@code wide}; may be empty
     * @param note a sentence below the heading; may be empty
     */
    public HtmlPage section(String kind, String heading, String note, Html... content) {
        Html section = Html.element("section").with("class", kind).add(Html.element("h2", heading));
        if (!note.isEmpty()) {
            section.add(Html.element("p", note).with("class", "note"));
        }
        return add(section.add(content));
    }

    /** The page's markup. */
    @Override
    public String toString() {
        Html charset = Html.element("meta").with("charset", "utf-8");
        Html viewport =
                Html.element("meta").with("name", "viewport").with("content", "width=device-width, initial-scale=1");
        return "<!DOCTYPE html>\n<html lang='en'><head>" + charset + viewport + Html.element("title", title) + "<style>"
                + style + "</style></head><body><main>\n" + body + "</main></body></html>\n";
    }

    private static String resource(Class<?> owner, String name) {
        try (InputStream file = owner.getResourceAsStream(name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
