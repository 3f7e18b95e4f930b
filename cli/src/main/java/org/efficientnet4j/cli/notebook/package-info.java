/** {@code effnet notebook}: {@link org.efficientnet4j.cli.notebook.NotebookCommand} starts Jupyter with the Java kernel. */
package org.efficientnet4j.cli.notebook;
