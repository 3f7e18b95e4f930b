package org.efficientnet4j.models;

import java.util.List;
import org.efficientnet4j.plan.Place;

/** A library's names of the modules that hold a node's parameters. */
@FunctionalInterface
public interface ModuleNames {
    /**
     * The modules of a node with parameters, in this order: a convolution's and its batch norm's (a convolution with bias
     * has the first alone), a squeeze-excite's two dense layers, a dense layer.
     *
     * @param place the node and where it stands
     */
    List<String> modules(Place place);
}
