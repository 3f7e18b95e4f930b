/**
 * Model files: a network, what it was made for and how it came about. {@link org.efficientnet4j.model.ModelFile} is the
 * entry type.
 */
package org.efficientnet4j.model;
