package org.efficientnet4j.weights.names;

import java.util.Collection;
import java.util.List;
import org.efficientnet4j.scaling.ScaledArchitecture;

/** A library's names for the parameters of any EfficientNet. */
public interface NameMap {
    /**
     * Every parameter of a network, in the order of its layers.
     *
     * @param architecture the network
     * @param classes of its classifier
     */
    List<TensorBinding> bindings(ScaledArchitecture architecture, int classes);

    /** Whether a tensor of that name is in such files without being a parameter of the network. */
    boolean isBookkeeping(String name);

    /** Whether a file with these tensors has these names. */
    boolean recognizes(Collection<String> tensors);
}
