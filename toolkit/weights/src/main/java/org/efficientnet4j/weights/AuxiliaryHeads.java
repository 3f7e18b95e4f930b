package org.efficientnet4j.weights;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.efficientnet4j.models.Families;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.plan.NetworkPlan;
import org.efficientnet4j.plan.PlanSettings;
import org.efficientnet4j.plan.Section.Kind;
import org.efficientnet4j.weights.names.NameMap;
import org.efficientnet4j.weights.names.TensorBinding;

/**
 * A library's tensors of heads that only training has.
 *
 * @param shapes the tensors' shapes, by name
 * @param logits those of the last layers, whose first size is the number of classes
 */
record AuxiliaryHeads(Map<String, List<Long>> shapes, Set<String> logits) {
    /** The heads of a model for a number of classes; none for most models. */
    static AuxiliaryHeads of(ModelDefinition model, NameMap names, int classes) {
        Map<String, List<Long>> shapes = new HashMap<>();
        Set<String> logits = new HashSet<>();
        Families.named(model.family()).withAuxiliaryHeads(model).ifPresent(published -> {
            NetworkPlan plan = published.with(PlanSettings.classes(classes));
            plan.sections(Kind.AUXILIARY).forEach(section -> {
                String last = section.last().name() + "_";
                for (TensorBinding binding : names.bindings(plan)) {
                    if (binding.parameter().startsWith(section.name() + ".")) {
                        shapes.put(binding.name(), binding.shape());
                        if (binding.parameter().startsWith(last)) {
                            logits.add(binding.name());
                        }
                    }
                }
            });
        });
        return new AuxiliaryHeads(shapes, logits);
    }

    /**
     * True for a tensor of a head, of its shape.
     *
     * @param anyClasses whether the last layers may have another number of classes
     */
    boolean hold(TensorInfo tensor, boolean anyClasses) {
        List<Long> shape = shapes.get(tensor.name());
        return tensor.shape().equals(shape) || (shape != null && anyClasses && logits.contains(tensor.name()));
    }
}
