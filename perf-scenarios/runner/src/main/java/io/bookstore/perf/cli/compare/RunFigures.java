package io.bookstore.perf.cli.compare;

import io.bookstore.perf.results.MainMetrics;
import io.bookstore.perf.results.MetricSummary;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.TrendStatistics;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The figures by which a run is shown in one line.
 *
 * @param trend  name of the response time
 * @param failed share of requests that failed; null if it was not measured
 */
public record RunFigures(
        String trend, TrendStatistics response, @Nullable Double failed) {

    /** Finds them; empty for a run without a request. */
    public static Optional<RunFigures> of(RunResult run) {
        MainMetrics metrics = MainMetrics.of(run);
        return run.trend(metrics.time())
                .map(response -> new RunFigures(
                        metrics.time(),
                        response,
                        run.rate(metrics.errors()).map(MetricSummary.Rate::rate).orElse(null)));
    }
}
