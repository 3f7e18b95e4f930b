package org.efficientnet4j.weights.torch;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Stands for an object, a class or a function that a pickle names and nothing here knows. It keeps what weights may be found
 * in, the items of a subclass of a dictionary and the attributes of a module, and does nothing.
 */
final class Placeholder {
    private final String name;
    private Map<Object, Object> items = Map.of();
    private Object state = Unpickler.NONE;

    /** @param name of the class, with its module */
    Placeholder(String name) {
        this.name = name;
    }

    /** The full name of the class or function. */
    String name() {
        return name;
    }

    /** The items of a dictionary's subclass, to be changed. */
    Map<Object, Object> items() {
        if (items.isEmpty()) {
            items = new LinkedHashMap<>();
        }
        return items;
    }

    void state(Object attributes) {
        state = attributes;
    }

    /** The items, or else the attributes; empty where there are neither. */
    Map<?, ?> contents() {
        return items.isEmpty() && state instanceof Map<?, ?> attributes ? attributes : items;
    }
}
