/**
 * Files from the network, made safe; {@link org.efficientnet4j.data.download.Downloader} and
 * {@link org.efficientnet4j.data.download.ArchiveExtractor} are the ways in.
 *
 * <p>A download is resumed where it stopped, checked against a SHA-256 and moved into place in one step, so that a file
 * with its final name is always whole. An archive is extracted with limits and never outside its folder.
 */
package org.efficientnet4j.data.download;
