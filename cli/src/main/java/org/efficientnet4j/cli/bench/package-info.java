/**
 * {@code effnet bench}: {@link org.efficientnet4j.cli.bench.BenchCommand} measures the toolkit here and, where asked, its
 * peers in turn, each in a process of its own.
 */
package org.efficientnet4j.cli.bench;
