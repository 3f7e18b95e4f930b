/**
 * Published families of networks, a file each: rows of data, the plan, names in other libraries. {@link
 * org.efficientnet4j.models.ModelCatalog} finds their models.
 */
package org.efficientnet4j.families;
