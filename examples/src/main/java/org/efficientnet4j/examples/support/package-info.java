/**
 * Furniture that the examples share and that is not what they show: {@link org.efficientnet4j.examples.support.Flags}, lines
 * of progress, a small network, sheets of pictures. Limits: for the examples alone.
 */
package org.efficientnet4j.examples.support;
