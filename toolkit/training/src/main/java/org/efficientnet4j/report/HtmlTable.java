package org.efficientnet4j.report;

import java.util.ArrayList;
import java.util.List;

/** A table with a head: columns of names, at the left, or of numbers, at the right. */
public final class HtmlTable {
    private final List<Boolean> left = new ArrayList<>();
    private final Html head = Html.element("tr");
    private final Html body = Html.element("tbody");

    /** Adds a column of names. */
    public HtmlTable names(String heading) {
        left.add(true);
        head.add(Html.element("th", heading).with("class", "left"));
        return this;
    }

    /** Adds a column of numbers. */
    public HtmlTable numbers(String... headings) {
        for (String heading : headings) {
            left.add(false);
            head.add(Html.element("th", heading));
        }
        return this;
    }

    /** Adds a row of texts, one a column. */
    public HtmlTable row(String... cells) {
        return cells(
                List.of(cells).stream().map(cell -> Html.element("td", cell)).toList());
    }

    /** Adds a row of cells, one a column. */
    public HtmlTable cells(List<Html> cells) {
        if (cells.size() != left.size()) {
            throw new IllegalArgumentException(
                    "A row must have a cell for each of " + left.size() + " columns, found " + cells.size());
        }
        Html row = Html.element("tr");
        for (int column = 0; column < cells.size(); column++) {
            row.add(left.get(column) ? cells.get(column).with("class", "left") : cells.get(column));
        }
        body.add(row);
        return this;
    }

    /** The table. */
    public Html table() {
        return Html.element("table").add(Html.element("thead").add(head), body);
    }

    /** The table in a box that scrolls where the page is narrower. */
    public Html scrolling() {
        return Html.box("scroll").add(table());
    }
}
