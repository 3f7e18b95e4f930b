/**
 * A study as one self-contained HTML page: {@link org.efficientnet4j.search.report.StudyReport} is the entry type. The
 * plots are SVG drawn here; the page needs no network and no script.
 */
package org.efficientnet4j.search.report;
