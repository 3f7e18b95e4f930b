/**
 * The memory of a search: {@link org.efficientnet4j.search.study.Study} is the entry type, one SQLite file with every
 * trial and the search's specification as text. Trials are claimed by transaction, so that several processes work on one
 * study; the file must lie on a local disk, where SQLite's locks hold.
 */
package org.efficientnet4j.search.study;
