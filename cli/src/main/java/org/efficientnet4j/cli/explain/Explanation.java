package org.efficientnet4j.cli.explain;

/**
 * One picture.
 *
 * @param image the image file
 * @param model the model file
 * @param kind Grad-CAM, occlusion or feature maps
 * @param label the class it is about; empty for feature maps
 * @param probability of the class; 0 for feature maps
 * @param picture its file name in the output folder
 */
record Explanation(String image, String model, String kind, String label, double probability, String picture) {
    static final String GRAD_CAM = "Grad-CAM";
    static final String OCCLUSION = "Occlusion";
    static final String FEATURE_MAPS = "feature maps";
}
