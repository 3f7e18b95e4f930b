/**
 * Types that every module uses: {@link org.efficientnet4j.core.InvalidInputException} for anything a user can get wrong,
 * and the values that say how a network wants its images.
 */
package org.efficientnet4j.core;
