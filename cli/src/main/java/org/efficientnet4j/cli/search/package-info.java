/**
 * The {@code effnet search} commands; {@link org.efficientnet4j.cli.search.SearchCommand} groups them. Those that run
 * trials extend {@link org.efficientnet4j.cli.search.SearchRun}; the others read a study.
 */
package org.efficientnet4j.cli.search;
