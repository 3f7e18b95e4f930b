package org.efficientnet4j.data.source;

import org.efficientnet4j.core.InvalidInputException;

/**
 * A source as a user writes it, taken apart: {@code cifar10:data/cifar} is the kind CIFAR10 with an argument.
 *
 * @param kind which sort of source
 * @param argument what follows the colon, empty if nothing does; for a folder, its path
 */
record SourceExpression(Kind kind, String argument) {
    enum Kind {
        FOLDER(""),
        CIFAR10("cifar10"),
        CIFAR100("cifar100"),
        CSV("csv"),
        SHAPES("shapes"),
        SUBSET("subset"),
        CLASSES("classes");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }

    static SourceExpression parse(String text) {
        if (text.isBlank()) {
            throw new InvalidInputException("the data source is empty; give a directory, cifar10[:DIR], cifar100[:DIR],"
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
     * @param choice what of it
     * @param source the other source's expression
     */
    record Part(String choice, String source) {}

    /** The argument as a choice and, behind a colon, another source. */
    Part part(String form) {
        int colon = argument.indexOf(':');
        if (colon < 0) {
            throw new InvalidInputException(
                    "a part of a source is written " + form + ", but got \"" + kind.prefix + ":" + argument + "\"");
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
            throw new InvalidInputException(
                    "a number must follow \"" + kind.prefix + ":\", but \"" + part + "\" is none", e);
        }
        throw new InvalidInputException("the number after \"" + kind.prefix + ":\" must be positive, but is " + part);
    }
}
