package org.efficientnet4j.search.runner;

import org.deeplearning4j.arbiter.optimize.api.TaskCreator;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;
import org.deeplearning4j.arbiter.optimize.runner.LocalOptimizationRunner;

/** Arbiter's local runner, which otherwise leaves the threads behind that hand results over. */
final class ThreadClosingRunner extends LocalOptimizationRunner {
    ThreadClosingRunner(int parallel, OptimizationConfiguration configuration, TaskCreator tasks) {
        super(parallel, configuration, tasks);
    }

    @Override
    public void shutdown(boolean awaitTermination) {
        super.shutdown(awaitTermination);
        futureListenerExecutor.shutdown();
    }
}
