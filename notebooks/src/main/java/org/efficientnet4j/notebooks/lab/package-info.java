/**
 * Small experiments of the notebooks: {@link org.efficientnet4j.notebooks.lab.SmallTraining} trains in a folder that nobody
 * keeps, {@link org.efficientnet4j.notebooks.lab.Pictures} shows images as training sees them, and {@link
 * org.efficientnet4j.notebooks.lab.Blocks} and {@link org.efficientnet4j.notebooks.lab.FeatureMaps} look into networks.
 */
package org.efficientnet4j.notebooks.lab;
