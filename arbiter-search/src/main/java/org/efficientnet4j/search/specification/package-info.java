/**
 * Definitions of searches as data: {@link org.efficientnet4j.search.specification.StudySpecification} is the entry type. A study
 * keeps it as JSON, so that a search goes on in any folder and from any program.
 */
package org.efficientnet4j.search.specification;
