package org.efficientnet4j.cli.commands;

import org.efficientnet4j.cli.TextTable;
import org.efficientnet4j.data.check.ClassCounts;

/** A data set's classes for people. */
final class ClassTable {
    private ClassTable() {}

    static TextTable of(ClassCounts counts) {
        TextTable table = new TextTable("class", "train", "held out");
        counts.classes().forEach(one -> table.row(one.label(), one.train(), one.validation()));
        return table;
    }
}
