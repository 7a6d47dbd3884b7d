package io.bookstore.k6.run;

/** A script that is running. */
public interface EngineRun {

    /** Blocks until teardown and summary are done and every file is written. */
    EngineOutcome await() throws InterruptedException;

    /**
     * Stops the run as Ctrl-C stops k6: running iterations are cut at once, then teardown and summary run and the outcome has exit
     * code 105. Returns at once; calling it again, or after the end, changes nothing.
     */
    void interrupt();
}
