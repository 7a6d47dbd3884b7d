package io.bookstore.k6.executor;

import io.bookstore.k6.options.ExecutorOptions;

/**
 * An executor of k6: its fields, how much load they are, and how they start iterations. It is one file with its
 * {@link ExecutorType}, registered in {@link ExecutorTypes}.
 */
interface Executor extends ExecutorOptions {

    @Override
    default int peak() {
        return maxVus();
    }

    /** Runs the scenario; returns when its last iteration has ended or was cut off. */
    void run(ScenarioRun scenario) throws InterruptedException;
}
