package io.bookstore.perf.validity;

import io.bookstore.k6.run.RunPlan;
import io.bookstore.perf.record.SpanFacts;
import io.bookstore.perf.slo.FreeAnswers;
import io.bookstore.perf.stack.RequestCounter;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The facts of a measurement that no sample has.
 *
 * @param plan       the script's plan; null if the engine told none
 * @param arrivals   punctuality of arrivals; null for an engine that does not tell, and without arrivals
 * @param simulator  punctuality of the simulator; null if none took part
 * @param wallTime   length of the load by the clock that samples carry
 * @param steadyTime the same by a clock that nobody sets
 * @param strict     true if what is only noted otherwise makes a run INVALID
 * @param spans      defects of the service's telemetry
 * @param free       answers that told no cost though their model has a price
 */
public record Circumstances(
        @Nullable RunPlan plan,
        @Nullable Arrivals arrivals,
        RequestCounter.@Nullable Lateness simulator,
        Duration wallTime,
        Duration steadyTime,
        boolean strict,
        SpanFacts spans,
        List<FreeAnswers> free) {

    public Circumstances {
        free = List.copyOf(free);
    }

    /** Circumstances of a service whose telemetry and costs are sound. */
    public Circumstances(
            @Nullable RunPlan plan,
            @Nullable Arrivals arrivals,
            RequestCounter.@Nullable Lateness simulator,
            Duration wallTime,
            Duration steadyTime,
            boolean strict) {
        this(plan, arrivals, simulator, wallTime, steadyTime, strict, SpanFacts.NONE, List.of());
    }

    /** The circumstances of a run of which nothing is known. */
    public static Circumstances unknown(boolean strict) {
        return new Circumstances(null, null, null, Duration.ZERO, Duration.ZERO, strict);
    }

    /**
     * Iterations that an arrival rate started.
     *
     * @param p95LateMs delay after the planned moment, 95th percentile
     */
    public record Arrivals(long count, double p95LateMs) {}
}
