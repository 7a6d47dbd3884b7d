package io.bookstore.perf.results.sample;

import io.bookstore.perf.metrics.MetricNames;
import io.bookstore.perf.metrics.Sample;
import io.bookstore.perf.results.Evidence;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Adds up iterations, and virtual users, of which an engine tells the number each second. */
final class ConcurrencyRecorder {

    private @Nullable Instant first;
    private @Nullable Instant last;
    private long iterations;
    private double busyMillis;
    private double longestMillis;
    private double userSeconds;
    private int busySeconds;
    private double mostUsers;

    void add(Sample sample) {
        switch (sample.metric()) {
            case MetricNames.ITERATION_DURATION -> addIteration(sample);
            case MetricNames.VUS -> {
                userSeconds += sample.value();
                busySeconds += sample.value() > 0 ? 1 : 0;
            }
            // Users come and go between two counts of a second; those that were prepared are all that there can be.
            case MetricNames.VUS_MAX -> mostUsers = Math.max(mostUsers, sample.value());
            default -> {
                // Other metrics tell nothing of it.
            }
        }
    }

    private void addIteration(Sample sample) {
        if (sample.outsideOfTheLoad()) {
            return;
        }
        Instant start = sample.time().minusNanos(Math.round(sample.value() * 1e6));
        first = first == null || start.isBefore(first) ? start : first;
        last = last == null || sample.time().isAfter(last) ? sample.time() : last;
        iterations++;
        busyMillis += sample.value();
        longestMillis = Math.max(longestMillis, sample.value());
    }

    /** Null if no iteration came to its end, or no user was counted. */
    Evidence.@Nullable Concurrency concurrency() {
        if (first == null || last == null || userSeconds == 0) {
            return null;
        }
        double seconds = Duration.between(first, last).toNanos() / 1e9;
        return new Evidence.Concurrency(
                seconds,
                // Users are there a little longer than their iterations.
                userSeconds / Math.max(seconds, busySeconds),
                mostUsers,
                iterations,
                busyMillis / 1000,
                longestMillis / 1000);
    }
}
