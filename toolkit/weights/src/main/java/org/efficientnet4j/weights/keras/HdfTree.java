package org.efficientnet4j.weights.keras;

import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.exceptions.HdfException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The data sets below a group. Links are not followed: Keras writes none. */
final class HdfTree {
    private static final int MOST_LEVELS = 32;

    private final Set<Long> entered = new HashSet<>();
    private final List<Leaf> leaves = new ArrayList<>();

    private HdfTree() {}

    /**
     * A data set.
     *
     * @param path the names from the top group's child to its own
     * @param dataset itself
     */
    record Leaf(List<String> path, Dataset dataset) {
        String name() {
            return path.get(path.size() - 1);
        }
    }

    /** @throws HdfException if a group is inside itself, or the groups are nested too deep */
    static List<Leaf> leaves(Group top) {
        HdfTree tree = new HdfTree();
        tree.enter(top, List.of());
        return tree.leaves;
    }

    private void enter(Group group, List<String> path) {
        if (!entered.add(group.getAddress()) || path.size() > MOST_LEVELS) {
            throw new HdfException("group " + String.join("/", path) + " is there twice or nested too deep");
        }
        for (Map.Entry<String, Node> child : group.getChildren().entrySet()) {
            List<String> childPath = new ArrayList<>(path);
            childPath.add(child.getKey());
            if (child.getValue() instanceof Group inner) {
                enter(inner, childPath);
            } else if (child.getValue() instanceof Dataset dataset) {
                leaves.add(new Leaf(List.copyOf(childPath), dataset));
            }
        }
    }
}
