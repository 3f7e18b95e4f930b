/** {@code effnet explain}: pictures of what networks look at, and a page of them. */
package org.efficientnet4j.cli.explain;
