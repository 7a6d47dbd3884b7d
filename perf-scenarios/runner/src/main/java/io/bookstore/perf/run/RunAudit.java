package io.bookstore.perf.run;

import io.bookstore.perf.metrics.MetricNames;
import io.bookstore.perf.record.SpanFacts;
import io.bookstore.perf.results.CrossCheck;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.TrendStatistics;
import io.bookstore.perf.slo.FreeAnswers;
import io.bookstore.perf.stack.RequestCounter;
import io.bookstore.perf.validity.Circumstances;
import io.bookstore.perf.validity.Validity;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.LongSupplier;

/** Looks at a run from outside of its samples: counts of service and simulator, two clocks, and what spans and answers lack. */
final class RunAudit {

    /** A service may write its metrics a moment after its answer. */
    private static final Duration patience = Duration.ofMillis(500);

    private static final int READINGS = 4;

    private final RequestCounter counter;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final boolean strict;
    private final Instant wallBegin;
    private final long steadyBegin;
    private Duration wallTime = Duration.ZERO;
    private Duration steadyTime = Duration.ZERO;

    private RunAudit(RequestCounter counter, Clock clock, LongSupplier nanoTime, boolean strict) {
        this.counter = counter;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.strict = strict;
        this.wallBegin = clock.instant();
        this.steadyBegin = nanoTime.getAsLong();
    }

    /** Called before the load begins. */
    static RunAudit begin(RequestCounter counter, Clock clock, boolean strict) {
        return new RunAudit(counter, clock, System::nanoTime, strict);
    }

    /** Called when the load is over. */
    void end() {
        wallTime = Duration.between(wallBegin, clock.instant());
        steadyTime = Duration.ofNanos(nanoTime.getAsLong() - steadyBegin);
    }

    /** The result with what others counted, and the verdict on its measurement. */
    RunResult judge(RunResult result, PlanCapture capture, SpanFacts spans, List<FreeAnswers> free)
            throws InterruptedException {
        RequestCounter.Difference counted = counter.difference();
        RunResult checked = checked(result, counted);
        for (int reading = 1; reading < READINGS && behind(checked); reading++) {
            Thread.sleep(patience.toMillis());
            counted = counter.difference();
            checked = checked(result, counted);
        }
        return Validity.judge(
                checked,
                new Circumstances(
                        capture.plan(),
                        capture.arrivals(),
                        counted.lateness(),
                        wallTime,
                        steadyTime,
                        strict,
                        spans,
                        free));
    }

    /** Returns whether a later reading may tell more; a service that has counted nothing does not count these requests. */
    private static boolean behind(RunResult checked) {
        CrossCheck counts = checked.crossCheck();
        if (counts == null) {
            return false;
        }
        Long served = counts.service();
        return !checked.wrongUsage().isEmpty() || served != null && served > 0 && served < counts.engine();
    }

    /** A run that asked for no summary has nothing to compare. */
    private static RunResult checked(RunResult result, RequestCounter.Difference counted) {
        return result.llmRequests() == 0
                ? result
                : result.with(new CrossCheck(
                        result.llmRequests(),
                        counted.serviceRequests(),
                        counted.simulatorAttempts(),
                        counted.simulatorMedianMs(),
                        result.trend(MetricNames.LLM_RESPONSE_TIME)
                                .map(TrendStatistics::med)
                                .orElse(null),
                        counted.serviceUsage(),
                        counted.simulatorUsage()));
    }
}
