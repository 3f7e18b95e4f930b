/**
 * Readers of files held against damage by chance: {@link org.efficientnet4j.fuzzing.Fuzzing} is the way in. Damage changes
 * what a good file holds; it makes no files from nothing.
 */
package org.efficientnet4j.fuzzing;
