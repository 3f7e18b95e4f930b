package org.efficientnet4j.weights.names;

import java.util.Collection;
import java.util.List;
import org.efficientnet4j.plan.NetworkPlan;

/** A library's names for the parameters of a family's networks. */
public interface NameMap {
    /** Every parameter of a network, in the order of its nodes. */
    List<TensorBinding> bindings(NetworkPlan plan);

    /** True for a tensor's name in such files that is no parameter of the network. */
    boolean isBookkeeping(String name);

    /** True for a file whose tensors have these names, judged by the first parameter. */
    default boolean recognizes(NetworkPlan plan, Collection<String> tensors) {
        return tensors.contains(bindings(plan).get(0).name());
    }
}
