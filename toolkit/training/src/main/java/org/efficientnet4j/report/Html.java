package org.efficientnet4j.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An HTML element. Text and attribute values are escaped as they are added, so that a class or file name cannot become
 * markup; the only way around is {@link #picture}, which takes an {@link Svg}.
 */
public final class Html {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");

    /** Elements without content, which have no end tag. */
    private static final Set<String> VOID = Set.of("br", "img", "meta");

    private final String tag;
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private final List<String> content = new ArrayList<>();

    private Html(String tag) {
        this.tag = name(tag);
    }

    /** An empty element. */
    public static Html element(String tag) {
        return new Html(tag);
    }

    /** An element with a text. */
    public static Html element(String tag, String text) {
        return new Html(tag).text(text);
    }

    /** A {@code div} of a class. */
    public static Html box(String kind) {
        return new Html("div").with("class", kind);
    }

    /** Sets an attribute. */
    public Html with(String attribute, String value) {
        attributes.put(name(attribute), Svg.escape(value));
        return this;
    }

    /** Adds text. */
    public Html text(String text) {
        content.add(Svg.escape(text));
        return this;
    }

    /** Adds elements. */
    public Html add(Html... elements) {
        for (Html element : elements) {
            content.add(element.toString());
        }
        return this;
    }

    /** Adds elements. */
    public Html add(List<Html> elements) {
        return add(elements.toArray(Html[]::new));
    }

    /** Adds a drawing. */
    public Html picture(Svg drawing) {
        content.add(drawing.toString());
        return this;
    }

    private static String name(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "A tag or attribute must have lower-case letters, digits and hyphens alone, found " + name);
        }
        return name;
    }

    /** The markup. */
    @Override
    public String toString() {
        StringBuilder markup = new StringBuilder("<").append(tag);
        attributes.forEach((name, value) ->
                markup.append(' ').append(name).append("='").append(value).append('\''));
        markup.append('>');
        content.forEach(markup::append);
        return VOID.contains(tag)
                ? markup.toString()
                : markup.append("</").append(tag).append('>').toString();
    }
}
