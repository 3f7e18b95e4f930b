package org.efficientnet4j.models;

import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.efficientnet4j.core.InvalidInputException;

/** The families on the class path. */
public final class Families {
    private Families() {}

    /** All families, the toolkit's own first, in the order of tables. */
    public static List<Family> all() {
        return ServiceLoader.load(Family.class, Families.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    /** The published row that a model is: one of its family with its name and its network. */
    public static Optional<Variant> variant(ModelDefinition model) {
        return all().stream()
                .filter(family -> family.id().equals(model.family()))
                .flatMap(family -> family.variants().stream())
                .filter(row -> row.model().name().equals(model.name()))
                .filter(row -> row.model().architecture().equals(model.architecture()))
                .findFirst();
    }

    /**
     * The family of an id.
     *
     * @throws InvalidInputException for an unknown id
     */
    public static Family named(String id) {
        List<Family> all = all();
        return all.stream()
                .filter(family -> family.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException("A family must be one of "
                        + all.stream().map(Family::id).collect(Collectors.joining(", ")) + ", found " + id
                        + ": put its class on the class path"));
    }
}
