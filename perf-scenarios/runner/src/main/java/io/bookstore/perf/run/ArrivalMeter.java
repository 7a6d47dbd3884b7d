package io.bookstore.perf.run;

import io.bookstore.perf.metrics.TrendSink;
import io.bookstore.perf.validity.Circumstances;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Keeps how late iterations started that an arrival rate asked for. Thread-safe. */
final class ArrivalMeter {

    private final TrendSink lateMs = TrendSink.small();

    synchronized void arrived(Duration late) {
        lateMs.add(late.toNanos() / 1e6);
    }

    /** Null if nothing arrived. */
    synchronized Circumstances.@Nullable Arrivals arrivals() {
        return lateMs.empty() ? null : new Circumstances.Arrivals(lateMs.count(), lateMs.percentile(95));
    }
}
