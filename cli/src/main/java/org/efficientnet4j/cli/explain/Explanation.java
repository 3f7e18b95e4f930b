package org.efficientnet4j.cli.explain;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A picture that explains a prediction.
 *
 * @param image the image file
 * @param model the model file
 * @param kind of picture
 * @param label the class it is about; empty for feature maps
 * @param probability of the class; 0 for feature maps
 * @param picture its file name in the output folder
 */
record Explanation(String image, String model, Kind kind, String label, double probability, String picture) {
    /** Kinds of pictures. */
    enum Kind {
        GRAD_CAM("grad-cam", "Grad-CAM"),
        OCCLUSION("occlusion", "Occlusion"),
        FEATURE_MAPS("feature-maps", "Feature maps");

        private final String id;
        private final String title;

        Kind(String id, String title) {
            this.id = id;
            this.title = title;
        }

        /** Name in JSON and in files' names. */
        @JsonValue
        String id() {
            return id;
        }

        /** Name for people. */
        String title() {
            return title;
        }
    }
}
