package org.efficientnet4j.search.space;

import java.io.Serializable;
import java.util.Map;
import org.efficientnet4j.models.ModelDefinition;
import org.efficientnet4j.scaling.ModelCost;

/** Candidate of one trial: a network made of a search's base network, and its cost, known before it is trained. */
public sealed interface Choice extends Serializable permits CostedCoefficients, CostedBlocks {
    /** Image height and width, in pixels. */
    int size();

    /** By how much the image size is multiplied. */
    double resolution();

    /** Parameters, multiply-accumulates and activation memory at that size. */
    ModelCost cost();

    /** The network this choice makes of a base network. */
    ModelDefinition model(ModelDefinition base);

    /** Parameters that distinguish this choice, by name, in display order: the axes of a plot. */
    Map<String, Double> parameters();

    /** The parameters in a few words, for a table. */
    String label();
}
