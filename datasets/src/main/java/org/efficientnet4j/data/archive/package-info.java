/**
 * Archives, unpacked within limits and never outside their folder. {@link
 * org.efficientnet4j.data.archive.ArchiveExtractor} is the entry type.
 */
package org.efficientnet4j.data.archive;
