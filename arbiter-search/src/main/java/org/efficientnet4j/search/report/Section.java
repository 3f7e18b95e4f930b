package org.efficientnet4j.search.report;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.efficientnet4j.report.Html;
import org.efficientnet4j.report.Svg;

/**
 * A part of a report. A picture saves as a file of its own.
 *
 * @param heading its heading
 * @param note a sentence below it; may be empty
 * @param content its text, where it has one
 * @param picture its picture, where it has one
 */
record Section(String heading, String note, Optional<Html> content, Optional<Svg> picture) {
    private static final String LIGHT = "background:#fff;--card:#fff;--ink:#16202b;--soft:#5b6b7b;--rule:#dde3e9;"
            + "--accent:#1f7a8c;--warm:#e0632d;--faint:#9fb0c0";

    static Section of(String heading, String note, Html content) {
        return new Section(heading, note, Optional.of(content), Optional.empty());
    }

    static Section of(String heading, String note, Svg picture) {
        return new Section(heading, note, Optional.empty(), Optional.of(picture));
    }

    /** Markup over the page's whole width. */
    Html wide() {
        return html("wide");
    }

    /** Markup of half the page's width. */
    Html half() {
        return html("half");
    }

    private Html html(String kind) {
        Html section = Html.element("section").with("class", kind).add(Html.element("h2", heading));
        if (!note.isEmpty()) {
            section.add(Html.element("p", note).with("class", "note"));
        }
        content.ifPresent(section::add);
        picture.ifPresent(drawing -> section.picture(drawing).add(saved(drawing)));
        return section;
    }

    /** A link under a picture that saves it as a file of its own, with its styles in light colours. */
    private Html saved(Svg drawing) {
        String styles = Styles.text()
                .lines()
                .filter(line -> line.startsWith("svg "))
                .collect(Collectors.joining("\n", "><style>", "</style>"));
        String file = drawing.toString()
                .replaceFirst("<svg ", "<svg xmlns='http://www.w3.org/2000/svg' style='" + LIGHT + "' ")
                .replaceFirst(">", styles);
        Html link = Html.element("a", "Save as SVG")
                .with("download", heading.toLowerCase(Locale.ROOT).replace(' ', '-') + ".svg")
                .with(
                        "href",
                        "data:image/svg+xml;base64,"
                                + Base64.getEncoder().encodeToString(file.getBytes(StandardCharsets.UTF_8)));
        return Html.element("p").with("class", "save").add(link);
    }
}
