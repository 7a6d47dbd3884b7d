package io.bookstore.perf.run;

import io.bookstore.perf.PerfException;

/** Asked before a run that costs real money. */
@FunctionalInterface
public interface Consent {

    /**
     * Returns if the run may go on.
     *
     * @throws PerfException if nobody agreed
     */
    void confirm(Bill bill);
}
