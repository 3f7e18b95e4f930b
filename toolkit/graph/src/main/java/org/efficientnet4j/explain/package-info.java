/** Explanations of predictions: class activation maps by gradients, occlusion, feature maps, and pictures of them. */
package org.efficientnet4j.explain;
