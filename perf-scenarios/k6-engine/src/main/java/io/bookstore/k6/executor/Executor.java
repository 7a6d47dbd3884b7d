package io.bookstore.k6.executor;

/** Decides when the iterations of a scenario start. */
interface Executor {

    /** Returns when the last iteration has ended or was cut off. */
    void run() throws InterruptedException;
}
