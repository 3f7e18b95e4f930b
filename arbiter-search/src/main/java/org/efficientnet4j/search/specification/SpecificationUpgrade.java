package org.efficientnet4j.search.specification;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Brings a specification's JSON of an earlier schema to the current one: what was not yet kept is what was done then. */
final class SpecificationUpgrade {
    private SpecificationUpgrade() {}

    /**
     * Changes a tree of schema 1 in place. Schema 1 knew proportional stand-ins, the data's own held-out images to choose
     * by, and grids admitted by their product alone.
     */
    static void toCurrent(JsonNode tree) {
        if (tree instanceof ObjectNode document && document.path("schema").asInt() == 1) {
            document.put("schema", StudySpecification.SCHEMA);
            if (document.path("proxy") instanceof ObjectNode proxy) {
                proxy.putObject("fit").put("sizing", "proportional").put("stride", 0);
                proxy.put("selection", 0.0);
            }
            if (document.path("space") instanceof ObjectNode space
                    && space.path("type").asText().equals("grid")) {
                space.put("admission", GridSearch.Admission.product.name());
            }
        }
    }
}
