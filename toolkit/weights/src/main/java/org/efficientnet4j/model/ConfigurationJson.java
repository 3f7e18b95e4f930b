package org.efficientnet4j.model;

import java.io.IOException;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.serde.JsonMappers;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.JavaType;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.cfg.MapperConfig;
import org.nd4j.shade.jackson.databind.jsontype.PolymorphicTypeValidator;

/**
 * Reads the JSON of a DL4J network's configuration, loading allowed classes alone. The text is looked through for class
 * names before DL4J's mapper sees it, and the mapper asks again before it loads one, in whatever form it found the name.
 */
final class ConfigurationJson {
    private static final ObjectMapper STANDARD = mapper(ConfigurationClasses.standard());

    private ConfigurationJson() {}

    private static ObjectMapper mapper(ConfigurationClasses classes) {
        ObjectMapper mapper = JsonMappers.getMapper().copy();
        mapper.setPolymorphicTypeValidator(new AllowedTypes(classes));
        return mapper;
    }

    /** @throws IOException if the text is not a configuration, or names a class that is not allowed */
    static ComputationGraphConfiguration read(String json, ConfigurationClasses classes) throws IOException {
        for (String name : ClassNames.read(json)) {
            if (!classes.allows(name)) {
                throw notAllowed(name);
            }
        }
        // Making a mapper anew costs more than reading with one.
        ObjectMapper mapper = classes.equals(ConfigurationClasses.standard()) ? STANDARD : mapper(classes);
        try {
            ComputationGraphConfiguration configuration = mapper.readValue(json, ComputationGraphConfiguration.class);
            requireComplete(configuration);
            return configuration;
        } catch (JsonProcessingException e) {
            throw new IOException("its configuration cannot be understood: " + e.getOriginalMessage(), e);
        }
    }

    private static void requireComplete(ComputationGraphConfiguration configuration) throws IOException {
        if (configuration == null
                || configuration.getVertices() == null
                || configuration.getVertexInputs() == null
                || configuration.getNetworkInputs() == null
                || configuration.getNetworkOutputs() == null) {
            throw new IOException("its configuration has no vertices, inputs or outputs");
        }
        Set<String> inputs = Set.copyOf(configuration.getNetworkInputs());
        for (String output : configuration.getNetworkOutputs()) {
            if (!configuration.getVertices().containsKey(output) && !inputs.contains(output)) {
                throw new IOException("its configuration has no vertex for the output " + output);
            }
        }
    }

    private static IOException notAllowed(String name) {
        return new IOException("its configuration names the class " + name
                + ", which is not one of DL4J's or this toolkit's and is not loaded; a program that has such layers"
                + " reads the file with ConfigurationClasses.standard().with(...)");
    }

    /** Allows by name, so that nothing is loaded to find out. */
    private static final class AllowedTypes extends PolymorphicTypeValidator {
        private static final long serialVersionUID = 1L;

        private final transient ConfigurationClasses classes;

        AllowedTypes(ConfigurationClasses classes) {
            this.classes = classes;
        }

        @Override
        public Validity validateBaseType(MapperConfig<?> config, JavaType baseType) {
            return Validity.INDETERMINATE;
        }

        @Override
        public Validity validateSubClassName(MapperConfig<?> config, JavaType baseType, String name) {
            return classes.allows(name) ? Validity.ALLOWED : Validity.DENIED;
        }

        @Override
        public Validity validateSubType(MapperConfig<?> config, JavaType baseType, JavaType subType) {
            return classes.allows(subType.getRawClass().getName()) ? Validity.ALLOWED : Validity.DENIED;
        }
    }
}
