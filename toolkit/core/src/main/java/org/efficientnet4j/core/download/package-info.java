/**
 * Files from the network, made safe; {@link org.efficientnet4j.core.download.Downloader} is the entry type.
 *
 * <p>A download is resumed where it stopped, checked against a SHA-256 and moved into place in one step, so that a file
 * with its final name is always whole.
 */
package org.efficientnet4j.core.download;
