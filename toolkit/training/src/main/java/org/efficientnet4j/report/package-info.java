/**
 * Drawing for pages that need nothing else: {@link org.efficientnet4j.report.Svg} draws one picture,
 * {@link org.efficientnet4j.report.Scale} places values on its axes; {@link org.efficientnet4j.report.CsvFiles} writes the
 * cells of tables.
 */
package org.efficientnet4j.report;
