package io.bookstore.perf.results;

import io.bookstore.perf.metrics.MetricNames;

/**
 * The metrics by which a run is shown in one line: those of summaries, else of plain requests, else of all that a script sends.
 *
 * @param time   name of the trend of response times
 * @param errors name of the rate of failures
 */
public record MainMetrics(String time, String errors) {

    private static final MainMetrics SUMMARIES = new MainMetrics(MetricNames.LLM_RESPONSE_TIME, MetricNames.LLM_ERRORS);
    private static final MainMetrics PLAIN = new MainMetrics(MetricNames.CRUD_RESPONSE_TIME, MetricNames.CRUD_ERRORS);
    private static final MainMetrics ALL = new MainMetrics(MetricNames.HTTP_REQ_DURATION, MetricNames.HTTP_REQ_FAILED);

    /** Returns those that the run has samples of; those of all requests if it has none. */
    public static MainMetrics of(RunResult run) {
        if (run.trend(SUMMARIES.time).isPresent()) {
            return SUMMARIES;
        }
        return run.trend(PLAIN.time).isPresent() ? PLAIN : ALL;
    }
}
