/**
 * Evaluates a study's trials: {@link org.efficientnet4j.search.runner.StudyRunner} is the entry type, on Arbiter's local
 * runner with several trials at a time. Every result is in the study before the next trial is claimed.
 */
package org.efficientnet4j.search.runner;
