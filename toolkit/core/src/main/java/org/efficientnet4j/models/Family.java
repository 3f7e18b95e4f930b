package org.efficientnet4j.models;

import java.util.List;
import java.util.Optional;
import org.efficientnet4j.plan.NetworkPlan;
import org.efficientnet4j.plan.Padding;

/**
 * A family of networks, all of it in one place: variants as rows, their plan, their names in other libraries, their
 * published accuracy. Found by {@link java.util.ServiceLoader}: a family of one's own is a class and a line in
 * {@code META-INF/services/org.efficientnet4j.models.Family}; nothing else changes.
 */
public interface Family {
    /** A short name without blanks, unique among families; model files hold it. */
    String id();

    /** The family's name in tables. */
    String title();

    /** The published networks in the order of tables. */
    List<Variant> variants();

    /**
     * A model's plan with the auxiliary heads that other libraries train beside it, for 1000 classes; empty for models that
     * have none.
     *
     * @param model one of this family's
     */
    default Optional<NetworkPlan> withAuxiliaryHeads(ModelDefinition model) {
        return Optional.empty();
    }

    /** A library's names of this family's parameters; empty where the library does not have the family. */
    default Optional<ModuleNames> names(Library library) {
        return Optional.empty();
    }

    /**
     * A library's conventions for a model; asked only where it has {@link #names}.
     *
     * @param asked the model as the library calls it, lower case: timm's {@code tf_} decides
     * @param model the model
     */
    default Convention convention(Library library, String asked, ModelDefinition model) {
        return new Convention(
                model.plan().padding().orElse(Padding.SYMMETRIC), model.batchNorm(), model.normalization());
    }
}
