package org.efficientnet4j.model;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;

/**
 * The classes that the configuration in a model file may name: layers, vertices, preprocessors, updaters, schedules, losses,
 * activations and the like of DL4J and of this toolkit, and classes that a program adds. A name outside of the list is
 * refused before the class is loaded, since loading runs its static initialiser.
 *
 * <pre>{@code
 * ModelFile model = ModelFile.read(file, ConfigurationClasses.standard().with(MyLayer.class));
 * }</pre>
 */
public final class ConfigurationClasses {
    private static final ConfigurationClasses STANDARD = new ConfigurationClasses(Set.of());

    private static final Set<String> PACKAGES = Set.of(
            "org.deeplearning4j.nn.conf.constraint",
            "org.deeplearning4j.nn.conf.distribution",
            "org.deeplearning4j.nn.conf.dropout",
            "org.deeplearning4j.nn.conf.graph",
            "org.deeplearning4j.nn.conf.graph.rnn",
            "org.deeplearning4j.nn.conf.inputs",
            "org.deeplearning4j.nn.conf.layers",
            "org.deeplearning4j.nn.conf.layers.convolutional",
            "org.deeplearning4j.nn.conf.layers.misc",
            "org.deeplearning4j.nn.conf.layers.recurrent",
            "org.deeplearning4j.nn.conf.layers.samediff",
            "org.deeplearning4j.nn.conf.layers.util",
            "org.deeplearning4j.nn.conf.layers.variational",
            "org.deeplearning4j.nn.conf.layers.wrapper",
            "org.deeplearning4j.nn.conf.ocnn",
            "org.deeplearning4j.nn.conf.preprocessor",
            "org.deeplearning4j.nn.conf.stepfunctions",
            "org.deeplearning4j.nn.conf.weightnoise",
            "org.deeplearning4j.nn.modelimport.keras.layers",
            "org.deeplearning4j.nn.modelimport.keras.preprocessors",
            "org.deeplearning4j.nn.weights",
            "org.deeplearning4j.nn.weights.embeddings",
            "org.nd4j.linalg.activations.impl",
            "org.nd4j.linalg.learning.config",
            "org.nd4j.linalg.learning.regularization",
            "org.nd4j.linalg.lossfunctions.impl",
            "org.nd4j.linalg.schedule",
            "org.efficientnet4j.graph.layers",
            "org.efficientnet4j.train",
            "org.efficientnet4j.train.optimizer");

    private static final Pattern SIMPLE_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_$]*");

    private final Set<String> added;

    private ConfigurationClasses(Set<String> added) {
        this.added = Set.copyOf(added);
    }

    /** The classes of DL4J and of this toolkit. */
    public static ConfigurationClasses standard() {
        return STANDARD;
    }

    /**
     * These classes and more.
     *
     * @param classes layers, vertices and the like of one's own, which may then be loaded from a file's names
     */
    public ConfigurationClasses with(Class<?>... classes) {
        return with(Arrays.stream(classes).map(Class::getName).toList());
    }

    /**
     * These classes and those of a configuration at hand, whose classes are loaded already.
     *
     * @param configuration of a network that the program itself has built
     */
    public ConfigurationClasses withThoseOf(ComputationGraphConfiguration configuration) {
        return with(ClassNames.in(configuration.toJson()));
    }

    private ConfigurationClasses with(Collection<String> names) {
        Set<String> more = new HashSet<>(added);
        more.addAll(names);
        return new ConfigurationClasses(more);
    }

    /** Tells if a class may be loaded, by its full name, nested classes behind a {@code $}. */
    boolean allows(String name) {
        int dot = name.lastIndexOf('.');
        return added.contains(name)
                || (dot > 0
                        && PACKAGES.contains(name.substring(0, dot))
                        && SIMPLE_NAME.matcher(name.substring(dot + 1)).matches());
    }
}
