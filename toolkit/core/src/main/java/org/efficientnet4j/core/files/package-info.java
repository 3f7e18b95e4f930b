/**
 * Files that are never half written, and what went wrong in words a user can act on; {@link
 * org.efficientnet4j.core.files.AtomicFiles} is the way in.
 */
package org.efficientnet4j.core.files;
