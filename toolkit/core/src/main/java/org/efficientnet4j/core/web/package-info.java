/**
 * Pages for a browser on this machine alone. {@link org.efficientnet4j.core.web.LoopbackServer} serves them;
 * {@link org.efficientnet4j.core.web.LoopbackGuard} is its rule about requests, for other servers to keep, too.
 */
package org.efficientnet4j.core.web;
