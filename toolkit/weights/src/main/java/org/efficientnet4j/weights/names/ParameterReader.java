package org.efficientnet4j.weights.names;

import org.efficientnet4j.plan.Node;
import org.efficientnet4j.plan.Operation;

/**
 * Reader of the operations that have parameters; all others give the same.
 *
 * @param <R> the result
 */
interface ParameterReader<R> extends Operation.Reader<R> {
    /** The result for an operation without parameters. */
    R none();

    @Override
    default R pooling(Node node, Operation.Pooling operation) {
        return none();
    }

    @Override
    default R adaptiveAveragePooling(Node node, Operation.AdaptiveAveragePooling operation) {
        return none();
    }

    @Override
    default R globalAveragePooling(Node node, Operation.GlobalAveragePooling operation) {
        return none();
    }

    @Override
    default R add(Node node, Operation.Add operation) {
        return none();
    }

    @Override
    default R concatenation(Node node, Operation.Concatenation operation) {
        return none();
    }

    @Override
    default R flatten(Node node, Operation.Flatten operation) {
        return none();
    }

    @Override
    default R dropout(Node node, Operation.Dropout operation) {
        return none();
    }

    @Override
    default R localResponseNormalization(Node node, Operation.LocalResponseNormalization operation) {
        return none();
    }
}
