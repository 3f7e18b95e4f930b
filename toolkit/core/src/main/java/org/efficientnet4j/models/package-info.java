/**
 * The published networks as rows of data. {@link org.efficientnet4j.models.ModelCatalog} is the entry type: it finds a
 * model by timm's or torchvision's name, or reads one from a YAML file.
 */
package org.efficientnet4j.models;
