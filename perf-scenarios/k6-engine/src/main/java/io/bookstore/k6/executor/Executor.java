package io.bookstore.k6.executor;

import io.bookstore.k6.options.ExecutorOptions;

/**
 * One of k6's executors: its fields, how much load they are, and how they start iterations. An executor is one file with its
 * {@link ExecutorType}, registered in {@link ExecutorTypes}.
 */
interface Executor extends ExecutorOptions {

    /** Runs the scenario; returns when its last iteration has ended or was cut off. */
    void run(ScenarioRun scenario) throws InterruptedException;
}
