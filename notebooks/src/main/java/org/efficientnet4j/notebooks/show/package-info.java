/**
 * Pictures and tables of the notebooks. {@link org.efficientnet4j.notebooks.show.Notebook} puts them into a cell's output;
 * {@link org.efficientnet4j.notebooks.show.Plot} draws lines and points, {@link org.efficientnet4j.notebooks.show.Bars} bars,
 * {@link org.efficientnet4j.notebooks.show.HeatMap} surfaces, {@link org.efficientnet4j.notebooks.show.ImageGrid} images and
 * {@link org.efficientnet4j.notebooks.show.BlockDiagram} networks. All are drawn on white, so that they read in light and
 * dark themes alike; tables take the theme's colours.
 */
package org.efficientnet4j.notebooks.show;
