package io.bookstore.simulator.state;

/** The journal's line on an answer that no connection waits for. Only the first call of either method writes it. */
public interface PendingLine {

    /** Writes that the answer ended so long after its request had arrived. */
    void complete(int status, long nanosSinceArrival);

    /** Writes that the client called the answer off, for which nothing is billed. */
    void cancel(long nanosSinceArrival);
}
