package org.efficientnet4j.train.options;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.efficientnet4j.core.InvalidInputException;

/** Collects a user's mistakes, so that they are told together. */
public final class Problems {
    private final Set<String> messages = new LinkedHashSet<>();
    private InvalidInputException first;

    /** Starts without a mistake. */
    public Problems() {}

    /** Notes a mistake. */
    public void add(String message) {
        messages.add(message);
    }

    /** Notes a mistake that was thrown. */
    public void add(InvalidInputException mistake) {
        first = first == null ? mistake : first;
        add(mistake.getMessage());
    }

    /** Does something and notes its mistake; empty if there was one. */
    public <T> Optional<T> attempt(Supplier<T> action) {
        try {
            return Optional.of(action.get());
        } catch (InvalidInputException e) {
            add(e);
            return Optional.empty();
        }
    }

    /** True without a mistake. */
    public boolean isEmpty() {
        return messages.isEmpty();
    }

    /**
     * Tells every mistake, if there is one.
     *
     * @throws InvalidInputException with all messages
     */
    public void throwIfAny() {
        List<String> all = new ArrayList<>(messages);
        if (all.isEmpty()) {
            return;
        }
        String text =
                all.size() == 1 ? all.get(0) : "Found " + all.size() + " mistakes:\n  " + String.join("\n  ", all);
        throw new InvalidInputException(text, first);
    }
}
