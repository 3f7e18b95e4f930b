/**
 * Measures trained networks: {@link org.efficientnet4j.evaluate.Evaluator} scores labelled images into an
 * {@link org.efficientnet4j.evaluate.EvaluationResult}. Both read images through one
 * {@link org.efficientnet4j.core.Preprocessing}, so that they agree on the same file. Limits: one label an image,
 * one softmax output.
 */
package org.efficientnet4j.evaluate;
