/**
 * Evaluates a search's trials on a Spark cluster: {@link org.efficientnet4j.search.spark.SparkProvider} is found by {@code
 * ServiceLoader}. Arbiter's runner and the study stay in the driver; each trial is a Spark job of one task.
 */
package org.efficientnet4j.search.spark;
