package io.bookstore.perf.cli;

import io.bookstore.perf.metrics.MetricNames;
import io.bookstore.perf.results.MetricSummary;
import io.bookstore.perf.results.RunResult;
import io.bookstore.perf.results.TrendStatistics;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The figures by which a run is shown in one line: those of summaries, else of plain requests, else of all that a script sends.
 *
 * @param trend  name of the response time
 * @param failed share of requests that failed; null if it was not measured
 */
record RunFigures(
        String trend, TrendStatistics response, @Nullable Double failed) {

    /** Finds them; empty for a run without a request. */
    static Optional<RunFigures> of(RunResult run) {
        return Stream.of(
                        figures(run, MetricNames.LLM_RESPONSE_TIME, MetricNames.LLM_ERRORS),
                        figures(run, MetricNames.CRUD_RESPONSE_TIME, MetricNames.CRUD_ERRORS),
                        figures(run, MetricNames.HTTP_REQ_DURATION, MetricNames.HTTP_REQ_FAILED))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<RunFigures> figures(RunResult run, String time, String failures) {
        return run.trend(time)
                .map(response -> new RunFigures(
                        time,
                        response,
                        run.rate(failures).map(MetricSummary.Rate::rate).orElse(null)));
    }
}
