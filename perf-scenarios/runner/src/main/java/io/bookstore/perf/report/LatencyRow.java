package io.bookstore.perf.report;

import io.bookstore.perf.metrics.MetricNames;
import io.bookstore.perf.results.TrendStatistics;
import java.util.List;

/** A time distribution as a row of the table. */
public record LatencyRow(String metric, TrendStatistics values) {

    /** The metrics of our scripts and of k6, in the order in which a reader asks for them. */
    static final List<String> FIRST = List.of(
            MetricNames.LLM_RESPONSE_TIME,
            MetricNames.LLM_TTFT,
            MetricNames.LLM_INTER_TOKEN_LATENCY,
            MetricNames.LLM_CHUNK_GAP,
            MetricNames.LLM_PROVIDER_TIME,
            MetricNames.LLM_APP_OVERHEAD,
            MetricNames.LLM_TRANSPORT_TIME,
            MetricNames.CRUD_RESPONSE_TIME,
            MetricNames.HTTP_REQ_DURATION);

    /** The measured thing in words; empty for a script's own metric. */
    public String formula() {
        return Formula.of(metric);
    }
}
