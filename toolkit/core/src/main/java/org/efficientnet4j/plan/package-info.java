/**
 * Description of a network that everything else reads: cost, graphs, names in other libraries, exports. Nothing here knows
 * tensors or DL4J.
 */
package org.efficientnet4j.plan;
