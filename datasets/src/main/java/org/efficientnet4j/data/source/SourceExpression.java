package org.efficientnet4j.data.source;

import org.efficientnet4j.core.InvalidInputException;

/**
 * The parts of a source as a user writes it: {@code cifar10:data/cifar} is the kind CIFAR10 with an argument.
 *
 * @param kind the sort of source
 * @param argument the text behind the colon, empty if there is none; for a folder, its path
 */
record SourceExpression(Kind kind, String argument) {
    enum Kind {
        FOLDER(""),
        CIFAR10("cifar10"),
        CIFAR100("cifar100"),
        CSV("csv"),
        SHAPES("shapes"),
        SUBSET("subset"),
        SELECTION("selection"),
        CLASSES("classes");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }

    static SourceExpression parse(String text) {
        if (text.isBlank()) {
            throw new InvalidInputException(
                    "The data source must not be empty: give a directory, cifar10[:DIR], cifar100[:DIR],"
                            + " csv:FILE:DIR, shapes[:N], subset:N:SOURCE or classes:0-4:SOURCE");
        }
        for (Kind kind : Kind.values()) {
            if (kind == Kind.FOLDER) {
                continue;
            }
            if (text.equals(kind.prefix)) {
                return new SourceExpression(kind, "");
            }
            if (text.startsWith(kind.prefix + ":")) {
                return new SourceExpression(kind, text.substring(kind.prefix.length() + 1));
            }
        }
        return new SourceExpression(Kind.FOLDER, text);
    }

    /** The expression, as a user writes it, of this kind with another argument. */
    String with(String newArgument) {
        return kind.prefix + ":" + newArgument;
    }

    /**
     * A choice from another source.
     *
     * @param choice the part of it
     * @param source the other source's expression
     */
    record Part(String choice, String source) {}

    /** The argument as a choice and, behind a colon, another source. */
    Part part(String form) {
        int colon = argument.indexOf(':');
        if (colon < 0) {
            throw new InvalidInputException(
                    "A part of a source must be written " + form + ", found \"" + kind.prefix + ":" + argument + "\"");
        }
        return new Part(argument.substring(0, colon), argument.substring(colon + 1));
    }

    /** The argument as a positive number. */
    int count() {
        return count(argument);
    }

    /** A part of the argument as a positive number. */
    int count(String part) {
        try {
            int count = Integer.parseInt(part);
            if (count > 0) {
                return count;
            }
        } catch (NumberFormatException e) {
            throw new InvalidInputException("A number must follow \"" + kind.prefix + ":\", found \"" + part + "\"", e);
        }
        throw new InvalidInputException("The number after \"" + kind.prefix + ":\" must be positive, found " + part);
    }
}
