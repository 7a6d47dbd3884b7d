package io.bookstore.perf.run;

import io.bookstore.perf.PerfException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Asked before a run that costs real money. */
@FunctionalInterface
public interface Consent {

    /**
     * Returns if the run may go on.
     *
     * @throws PerfException if nobody agreed
     */
    void confirm(Bill bill);

    /**
     * Returns a consent that is asked once, for several runs.
     *
     * @param times how many times the bill of the first one they cost
     */
    default Consent onceFor(double times) {
        AtomicBoolean agreed = new AtomicBoolean();
        return bill -> {
            if (!agreed.get()) {
                confirm(new Bill(bill.provider(), bill.told(), bill.load().times(times), bill.price()));
                agreed.set(true);
            }
        };
    }
}
