/**
 * Makes the notebooks of this module run: {@link org.efficientnet4j.notebooks.NotebookRunner} executes one without a
 * browser, {@link org.efficientnet4j.notebooks.KernelSpec} tells Jupyter how to start Java with the toolkit on its class
 * path. Needs Jupyter's command line; the kernel itself is a dependency of this module.
 */
package org.efficientnet4j.notebooks;
