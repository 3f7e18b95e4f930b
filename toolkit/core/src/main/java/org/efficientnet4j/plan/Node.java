package org.efficientnet4j.plan;

import java.util.List;
import java.util.regex.Pattern;
import org.efficientnet4j.core.InvalidInputException;

/**
 * One operation of a network and where its inputs come from.
 *
 * @param name unique in the network and the name of its vertex in graphs, e.g. {@code stage3.block2.project}
 * @param part its role in its block, e.g. {@code project}; empty for a block of one operation
 * @param operation its computation
 * @param inputs names of the nodes that it reads, or {@link NetworkPlan#INPUT}
 */
public record Node(String name, String part, Operation operation, List<String> inputs) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.]{1,200}");

    /** @throws InvalidInputException for a name with other than letters, digits, dots and underscores, or no inputs */
    public Node {
        inputs = List.copyOf(inputs);
        if (!NAME.matcher(name).matches()) {
            throw new InvalidInputException(
                    "A node's name must be of letters, digits, dots and underscores, found '" + name + "'");
        }
        if (inputs.isEmpty()) {
            throw new InvalidInputException("Node " + name + " must read at least 1 input, found none");
        }
    }

    /** Has the reader's method for the operation called. */
    public <R> R read(Operation.Reader<R> reader) {
        return operation.read(this, reader);
    }

    /** The only input, or the first of several. */
    public String input() {
        return inputs.get(0);
    }
}
