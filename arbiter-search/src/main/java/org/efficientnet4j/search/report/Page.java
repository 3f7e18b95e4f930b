package org.efficientnet4j.search.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.stream.Collectors;

/** Parts of a report's page: sections with their pictures, which save as files of their own. */
final class Page {
    private Page() {}

    static String section(String kind, String heading, String note, String content) {
        return "<section class='" + kind + "'><h2>" + heading + "</h2>"
                + (note.isEmpty() ? "" : "<p class='note'>" + note + "</p>") + content + saved(heading, content)
                + "</section>\n";
    }

    /** A link under a picture that saves it as a file of its own, with its styles in light colours. */
    private static String saved(String heading, String content) {
        if (!content.startsWith("<svg")) {
            return "";
        }
        String picture = content.replaceFirst(
                "<svg ",
                "<svg xmlns='http://www.w3.org/2000/svg' style='background:#fff;--card:#fff;--ink:#16202b;--soft:#5b6b7b;"
                        + "--rule:#dde3e9;--accent:#1f7a8c;--warm:#e0632d;--faint:#9fb0c0' ");
        String styled = picture.replaceFirst(
                ">",
                "><style>"
                        + resource("report.css")
                                .lines()
                                .filter(line -> line.startsWith("svg "))
                                .collect(Collectors.joining("\n"))
                        + "</style>");
        String file = heading.toLowerCase(Locale.ROOT).replace(' ', '-') + ".svg";
        return "<p class='save'><a download='" + file + "' href='data:image/svg+xml;base64,"
                + Base64.getEncoder().encodeToString(styled.getBytes(StandardCharsets.UTF_8)) + "'>Save as SVG</a></p>";
    }

    static String resource(String name) {
        try (InputStream file = Page.class.getResourceAsStream(name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
