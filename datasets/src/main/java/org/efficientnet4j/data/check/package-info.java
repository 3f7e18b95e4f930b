/**
 * Checks of labelled images before a network sees them: {@link org.efficientnet4j.data.check.ClassCounts} and its warnings,
 * {@link org.efficientnet4j.data.check.ReadableClasses} and {@link org.efficientnet4j.data.check.DuplicateImages}.
 */
package org.efficientnet4j.data.check;
